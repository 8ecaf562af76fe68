export default {
  kind: 'frontend',
  name: 'compensation',
  route: '/claims',
  title: { en: 'Compensation', ar: 'التعويضات' },
  icon: 'money',
  order: 40,
  requires: { anyOf: ['claim:read', 'rule:read', 'exposure:read'], kinds: ['staff'] },
  entries: { main: 'src/index.tsx', customer: 'src/customer.tsx' },
  slots: [{ slot: 'customer.aside', entry: 'customer', order: 30, requires: { allOf: ['claim:read'] } }],
  budget: { initialBr: 32000, totalBr: 72000 },
};
