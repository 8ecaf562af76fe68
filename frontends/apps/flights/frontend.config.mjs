export default {
  kind: 'frontend',
  name: 'flights',
  route: '/flights',
  title: { en: 'Flights', ar: 'الرحلات' },
  icon: 'flights',
  order: 30,
  requires: { allOf: ['flight:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 24000, totalBr: 48000 },
};
