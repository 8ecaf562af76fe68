export default {
  kind: 'frontend',
  name: 'profile',
  route: '/customers',
  title: { en: 'Customers', ar: 'العملاء' },
  icon: 'customers',
  order: 10,
  requires: { allOf: ['customer:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 24000, totalBr: 48000 },
};
