// Asks the door of a running server what GraphQL over HTTP asks of it, and says how it answered, an object on one line.
// Usage: node audit.mjs http://127.0.0.1:8080/graphql
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const results = await Promise.all(serverAudits({ url }).map((audit) => audit.fn()));
const failed = results
  .filter(({ status }) => status !== 'ok')
  .map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify({ passed: results.length - failed.length, failed }));
