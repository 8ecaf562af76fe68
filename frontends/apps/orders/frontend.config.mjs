export default {
  kind: 'frontend',
  name: 'orders',
  route: '/orders',
  title: { en: 'Orders', ar: 'الطلبات' },
  icon: 'kiosk',
  order: 35,
  requires: { allOf: ['order:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx', customer: 'src/customer.tsx' },
  slots: [{ slot: 'customer.aside', entry: 'customer', order: 20, requires: { allOf: ['order:read'] } }],
  budget: { initialBr: 24000, totalBr: 48000 },
};
