export default {
  kind: 'frontend',
  name: 'kiosk',
  route: '/kiosk',
  title: { en: 'Kiosk', ar: 'الجهاز الذاتي' },
  icon: 'kiosk',
  order: 90,
  requires: { allOf: ['flight:read'], kinds: ['device'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 20000, totalBr: 32000 },
};
