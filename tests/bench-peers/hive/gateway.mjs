// Hive Gateway's engine as it comes: `node gateway.mjs SUPERGRAPH PORT WORKERS`.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { PASSED, run } from '../workers.mjs';

run((supergraph, port) => {
  const gateway = createGatewayRuntime({
    supergraph: readFileSync(supergraph, 'utf8'),
    logging: 'warn',
    landingPage: false,
    graphiql: false,
    // Nobody asks the same twice at the same time here, and asking whether they do takes time.
    transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) =>
        Object.fromEntries(PASSED.map((name) => [name, request.headers.get(name)]).filter(([, value]) => value)),
    },
  });
  createServer(gateway).listen(port, '127.0.0.1');
});
