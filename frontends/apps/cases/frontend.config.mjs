export default {
  kind: 'frontend',
  name: 'cases',
  route: '/cases',
  title: { en: 'Cases', ar: 'الحالات' },
  icon: 'cases',
  order: 20,
  requires: { allOf: ['case:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 24000, totalBr: 48000 },
};
