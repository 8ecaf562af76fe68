// Which packages there are, and what each says of itself in `frontend.config.mjs`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder `frontends`. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where everything that is built lies: `dist/<name>/<version>/`. */
export const dist = join(root, 'dist');

const groups = ['platform', '.', 'apps'];

/** Every package that is built, in the order in which one needs the other. */
export async function packages() {
  const found = [];
  for (const group of groups) {
    for (const folder of readdirSync(join(root, group)).sort()) {
      const path = join(root, group, folder);
      if (!existsSync(join(path, 'frontend.config.mjs'))) continue;
      const { default: config } = await import(pathToFileURL(join(path, 'frontend.config.mjs')));
      const { version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
      found.push({ path, version, ...config });
    }
  }
  return found;
}

/** Every module name that a shared package provides, with the package that does. */
export function provided(all) {
  return new Map(all.flatMap((one) => Object.keys(one.provides ?? {}).map((name) => [name, one])));
}
