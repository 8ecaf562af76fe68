// Builds every package, or those that are named: `npm run build`, `npm run build -- profile cases`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { apiDocument, apiSchema } from './api-schema.mjs';
import { generate } from './codegen.mjs';
import { describe } from './descriptor.mjs';
import { orderLayers } from './layers.mjs';
import { dist, packages, provided } from './packages.mjs';
import { preset } from './preset.mjs';

const names = process.argv.slice(2);
const all = await packages();
const unknown = names.filter((name) => !all.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no package ${unknown.join(', ')}; there are ${all.map((one) => one.name).join(', ')}.`,
  );
  process.exit(2);
}
const shared = { document: apiDocument(), schema: apiSchema() };
const owners = provided(all);
for (const one of all) {
  if (names.length > 0 && !names.includes(one.name)) continue;
  const started = performance.now();
  const outDir = join(dist, one.name, one.version);
  rmSync(join(dist, one.name), { recursive: true, force: true });
  const operations = await generate(one, shared);
  const external = [...owners].filter(([, owner]) => owner !== one).map(([name]) => name);
  const { output } = await build(preset(one, external, outDir));
  orderLayers(outDir);
  const { files } = describe(one, outDir, output, operations);
  const packed = Object.values(files).reduce((sum, file) => sum + (file.br ?? file.bytes), 0);
  const milliseconds = Math.round(performance.now() - started);
  console.log(
    `${one.name} ${one.version}: ${Object.keys(files).length} files, ${(packed / 1024).toFixed(1)} KiB of Brotli, ${milliseconds} ms`,
  );
}
