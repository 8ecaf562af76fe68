export default {
  kind: 'frontend',
  name: 'gallery',
  route: '/ui',
  title: { en: 'Components', ar: 'المكوّنات' },
  icon: 'settings',
  order: 900,
  requires: { allOf: ['event:write'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 12000, totalBr: 24000 },
};
