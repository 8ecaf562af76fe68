export default {
  kind: 'shared',
  name: 'react',
  entries: {
    react: 'commonjs:react',
    'react-jsx-runtime': 'commonjs:react/jsx-runtime',
    'react-dom': 'commonjs:react-dom',
    'react-dom-client': 'commonjs:react-dom/client',
  },
  provides: {
    react: 'react',
    'react/jsx-runtime': 'react-jsx-runtime',
    'react-dom': 'react-dom',
    'react-dom/client': 'react-dom-client',
  },
  budget: { initialBr: 64000, totalBr: 64000 },
};
