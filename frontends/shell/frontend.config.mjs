export default {
  kind: 'shell',
  name: 'shell',
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 16000, totalBr: 24000 },
};
