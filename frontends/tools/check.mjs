// Everything a reviewer asks first of the frontends: documents, types, format and lint, texts.
import { spawnSync } from 'node:child_process';
import { apiDocument, apiSchema } from './api-schema.mjs';
import { generate } from './codegen.mjs';
import { problemsOfTexts } from './locales.mjs';
import { packages, root } from './packages.mjs';

const all = await packages();
const shared = { document: apiDocument(), schema: apiSchema() };
for (const one of all) await generate(one, shared);

const problems = all.flatMap((one) => problemsOfTexts(one.path));
for (const problem of problems) console.error(problem);

const run = (command, ...options) =>
  spawnSync('npx', ['--no-install', command, ...options], { cwd: root, stdio: 'inherit' }).status === 0;
const isSound = [run('tsc', '--project', '.'), run('biome', 'check', '.')].every(Boolean);
if (!isSound || problems.length > 0) process.exit(1);
console.log(`${all.length} packages: documents, types, lint, format and texts are sound.`);
