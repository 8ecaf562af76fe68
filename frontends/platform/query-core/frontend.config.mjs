export default {
  kind: 'shared',
  name: 'query-core',
  entries: { core: 'src/core.ts' },
  provides: { '@tanstack/query-core': 'core' },
  budget: { initialBr: 12000, totalBr: 12000 },
};
