export default {
  kind: 'frontend',
  name: 'compensation',
  route: '/claims',
  title: { en: 'Claims', ar: 'المطالبات' },
  icon: 'money',
  order: 40,
  requires: { allOf: ['claim:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 24000, totalBr: 48000 },
};
