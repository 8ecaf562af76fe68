export default {
  kind: 'shared',
  name: 'query',
  entries: { react: 'src/react.ts' },
  provides: { '@tanstack/react-query': 'react' },
  budget: { initialBr: 6000, totalBr: 6000 },
};
