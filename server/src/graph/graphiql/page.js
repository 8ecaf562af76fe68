const welcome = `# Sign in under "Headers" below, with a token of the start line:
#   { "authorization": "Bearer ..." }

query FirstCustomers {
  customers(first: 5) {
    nodes { id displayName tier timeline(first: 3) { nodes { occurredAt title } } }
  }
}
`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultQuery: welcome,
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
  }),
);
