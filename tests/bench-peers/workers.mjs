// Runs a gateway in as many processes as asked for, which share a port: the way a service in Node uses several cores.
import cluster from 'node:cluster';

export function run(gateway) {
  const [supergraph, port, workers] = process.argv.slice(2);
  process.on('SIGTERM', () => process.exit());
  if (workers === '1' || cluster.isWorker) return gateway(supergraph, Number(port));
  for (let n = 0; n < Number(workers); n += 1) cluster.fork();
}

// The headers that our gateway passes on by default.
export const PASSED = ['authorization', 'accept-language', 'x-request-id', 'traceparent', 'tracestate'];
