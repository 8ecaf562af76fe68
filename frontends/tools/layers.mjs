// Bundlers move styles about, and the first mention of a layer decides what it may override: so each file begins with all.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const order = '@layer tokens,base,components,app;';

/** Has every style sheet of a folder say first which layer comes before which. */
export function orderLayers(folder) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.css'))) {
    const file = join(folder, name);
    writeFileSync(file, order + readFileSync(file, 'utf8'));
  }
}
