// A server of one's own: the built binary on a small demo world, on a port and a folder that nobody else has.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/packages.mjs';

const binary = process.env.JETBRIDGE_TEST_BINARY ?? join(root, '..', 'target', 'debug', 'jetbridge');
const customers = process.env.JETBRIDGE_TEST_CUSTOMERS ?? '300';

/** Starts a server, and gives its URL, ways to get tokens and accounts, and a way to stop it. */
export async function startServer() {
  if (!existsSync(binary))
    throw new Error(`${binary} is not there: run \`cargo build\`, or set JETBRIDGE_TEST_BINARY`);
  const folder = mkdtempSync(join(tmpdir(), 'jetbridge-e2e-'));
  const env = {
    ...process.env,
    JETBRIDGE_DATA_FOLDER: folder,
    JETBRIDGE_DATABASE__URL: `sqlite://${folder}/jetbridge.db`,
    JETBRIDGE_FRONTEND__FOLDER: join(root, 'dist'),
  };
  const run = (...options) =>
    execFileSync(binary, options, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  run('seed', '--customers', customers);
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await ready(`${url}/health/ready`);
  const token = (role, ...options) =>
    run('token', '--role', role, ...options)
      .split(/\s+/)
      .find((word) => word.split('.').length === 3);
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const account = (role) =>
    JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8')).find((one) => one.role === role);
  return { url, token, account, stop };
}

async function ready(url) {
  for (let tries = 0; tries < 150; tries++) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the server was not ready after 30 s');
}
