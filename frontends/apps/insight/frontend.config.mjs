export default {
  kind: 'frontend',
  name: 'insight',
  route: '/insight',
  title: { en: 'Insight', ar: 'المؤشرات' },
  icon: 'chart',
  order: 60,
  requires: { anyOf: ['flight:read', 'case:internal', 'claim:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 24000, totalBr: 48000 },
};
