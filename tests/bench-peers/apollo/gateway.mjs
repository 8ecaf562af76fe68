// Apollo's gateway as it comes: `node gateway.mjs SUPERGRAPH PORT WORKERS`.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PASSED, run } from '../workers.mjs';

class Subgraph extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    for (const name of PASSED) {
      const value = context.headers?.[name];
      if (value) request.http.headers.set(name, value);
    }
  }
}

run(async (supergraph, port) => {
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(supergraph, 'utf8'),
    buildService: ({ url }) => new Subgraph({ url }),
  });
  await startStandaloneServer(new ApolloServer({ gateway, introspection: false }), {
    listen: { port, host: '127.0.0.1' },
    context: async ({ req }) => ({ headers: req.headers }),
  });
});
