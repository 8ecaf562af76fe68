// `frontend.json`: what was built, with the hash of every file, its sizes and what it imports.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const text = /\.(js|css|json|svg)$/;

/**
 * Writes the descriptor beside the files, and a Brotli form of each of them.
 *
 * @param one the package
 * @param outDir where its files lie
 * @param output what the bundler said of them
 * @param operations the documents it sends: id → text
 */
export function describe(one, outDir, output, operations) {
  const chunks = new Map(output.map((part) => [part.fileName, part]));
  refuseBundledReact(one, output);
  const files = {};
  for (const name of readdirSync(outDir).sort()) {
    files[name] = describeFile(outDir, name, chunks.get(name), chunks);
  }
  const entries = entryFiles(output);
  const descriptor = {
    contract: 1,
    kind: one.kind,
    name: one.name,
    version: one.version,
    ...pick(one, ['route', 'title', 'icon', 'order', 'requires', 'slots', 'budget']),
    ...(one.kind === 'shared' ? { provides: one.provides } : {}),
    entries,
    locales: localeFiles(output),
    css: Object.keys(files).filter((name) => name.endsWith('.css')),
    files,
    operations,
    csp: { styleHashes: (one.styles?.() ?? []).map(styleHash) },
  };
  holdBudget(one, descriptor);
  writeFileSync(join(outDir, 'frontend.json'), `${JSON.stringify(descriptor, null, 1)}\n`);
  return descriptor;
}

function describeFile(outDir, name, chunk, chunks) {
  const bytes = readFileSync(join(outDir, name));
  const described = {
    integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
    bytes: bytes.length,
  };
  if (text.test(name)) {
    const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    writeFileSync(join(outDir, `${name}.br`), packed);
    Object.assign(described, { gzip: gzipSync(bytes).length, br: packed.length });
  }
  if (chunk?.type === 'chunk') {
    const inside = (file) => chunks.has(file);
    Object.assign(described, {
      imports: chunk.imports.filter(inside),
      dynamic: chunk.dynamicImports.filter(inside),
      external: [...chunk.imports, ...chunk.dynamicImports].filter((file) => !inside(file)),
    });
  }
  return described;
}

function entryFiles(output) {
  const entries = output.filter((part) => part.type === 'chunk' && part.isEntry);
  return Object.fromEntries(entries.map((part) => [part.name, part.fileName]));
}

// A chunk of texts is one that a file `locales/<language>.json` became.
function localeFiles(output) {
  const found = {};
  for (const part of output) {
    const source = part.type === 'chunk' && part.facadeModuleId?.match(/locales\/([a-z]{2})\.json$/);
    if (source && part.isDynamicEntry) found[source[1]] = part.fileName;
  }
  return found;
}

function refuseBundledReact(one, output) {
  if (one.name === 'react') return;
  for (const part of output) {
    if (part.type !== 'chunk') continue;
    const inside = Object.keys(part.modules ?? {}).find((id) =>
      /node_modules\/(react|react-dom|scheduler)\//.test(id),
    );
    if (inside)
      throw new Error(
        `${one.name}: ${inside} was bundled into ${part.fileName}; there is one React, the shared one`,
      );
    if (part.code.includes('Calling `require`')) {
      throw new Error(`${one.name}: ${part.fileName} calls \`require\`, which a browser does not know`);
    }
  }
}

function holdBudget(one, { entries, files }) {
  if (!one.budget) return;
  const initial = closure(Object.values(entries), files);
  const sum = (names) => names.reduce((total, name) => total + (files[name].br ?? files[name].bytes), 0);
  for (const [what, is, limit] of [
    ['initialBr', sum(initial), one.budget.initialBr],
    ['totalBr', sum(Object.keys(files)), one.budget.totalBr],
  ]) {
    if (is > limit) throw new Error(`${one.name}: ${is} bytes of Brotli, and its budget.${what} is ${limit}`);
  }
}

function closure(names, files, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    closure(files[name].imports ?? [], files, seen);
  }
  return [...seen];
}

const styleHash = (style) => `sha256-${createHash('sha256').update(style).digest('base64')}`;
const pick = (from, names) =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
