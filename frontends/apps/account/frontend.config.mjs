export default {
  kind: 'frontend',
  name: 'account',
  route: '/account',
  title: { en: 'My account', ar: 'حسابي' },
  icon: 'account',
  order: 5,
  requires: { allOf: ['customer:read'], kinds: ['customer'] },
  entries: { main: 'src/index.tsx' },
  budget: { initialBr: 32000, totalBr: 64000 },
};
