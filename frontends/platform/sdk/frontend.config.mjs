export default {
  kind: 'shared',
  name: 'sdk',
  entries: { sdk: 'src/index.ts' },
  provides: { '@app/sdk': 'sdk' },
  budget: { initialBr: 8000, totalBr: 8000 },
};
