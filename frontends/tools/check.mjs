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

// Fetched where it is run, and not in the lock file: that would name its binaries for every system there is, and a registry
// that lacks one of them could install nothing at all.
const BIOME = '@biomejs/biome@2.6.8';

const run = (...options) =>
  spawnSync('npm', ['exec', '--yes', ...options], { cwd: root, stdio: 'inherit' }).status === 0;
const isSound = [
  run('--', 'tsc', '--project', '.'),
  run(`--package=${BIOME}`, '--', 'biome', 'check', '.'),
].every(Boolean);
if (!isSound || problems.length > 0) process.exit(1);
console.log(`${all.length} packages: documents, types, lint, format and texts are sound.`);
