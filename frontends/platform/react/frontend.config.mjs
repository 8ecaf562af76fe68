export default {
  kind: 'shared',
  name: 'react',
  // Four names of one file: their names differ, and each page asks for all of them.
  entries: { react: 'commonjs:react,react/jsx-runtime,react-dom,react-dom/client' },
  provides: {
    react: 'react',
    'react/jsx-runtime': 'react',
    'react-dom': 'react',
    'react-dom/client': 'react',
  },
  budget: { initialBr: 64000, totalBr: 64000 },
};
