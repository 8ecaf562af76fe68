export default {
  kind: 'shared',
  name: 'query',
  entries: { core: 'src/core.ts', react: 'src/react.ts' },
  provides: { '@tanstack/query-core': 'core', '@tanstack/react-query': 'react' },
  budget: { initialBr: 14000, totalBr: 14000 },
};
