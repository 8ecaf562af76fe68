// How a package is built: one Vite configuration for all of them. What a shared package provides stays outside.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { esmExternalRequirePlugin } from 'vite';

const browsers = ['chrome123', 'firefox128', 'safari18'];
const namesOfModule = '\0names-of:';

/**
 * The configuration of a package.
 *
 * @param one the package, as `packages()` gives it
 * @param external module names that shared packages provide
 * @param outDir where it is built to
 */
export function preset(one, external, outDir) {
  return {
    root: one.path,
    configFile: false,
    logLevel: 'warn',
    base: `/_f/${one.name}/${one.version}/`,
    publicDir: false,
    plugins: [
      esmExternalRequirePlugin({ external }),
      namesOfCommonJs(one.path),
      compiledTexts(),
      layersInOrder(),
      { ...optimizeLocales.vite({ locales: ['en-US', 'ar-AE'] }), enforce: 'pre' },
      react(),
    ],
    // Texts are read when they are built, so no browser needs to.
    resolve: {
      alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
    },
    css: { modules: { generateScopedName: `${one.name}_[local]_[hash:base64:5]` } },
    build: {
      outDir,
      emptyOutDir: true,
      target: browsers,
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: inputs(one),
        preserveEntrySignatures: one.kind === 'shared' ? 'strict' : 'allow-extension',
        output: {
          // What several entries need becomes one file.
          ...(one.kind === 'shared'
            ? { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } }
            : {}),
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  };
}

function inputs(one) {
  const entries = Object.entries(one.entries);
  return Object.fromEntries(
    entries.map(([name, source]) => [
      name,
      source.startsWith('commonjs:') ? namesOfModule + source.slice(9) : join(one.path, source),
    ]),
  );
}

// `export * from` a CommonJS module gives no names, so an entry that lists them is written.
function namesOfCommonJs(path) {
  const require = createRequire(join(path, 'package.json'));
  return {
    name: 'names-of-commonjs',
    resolveId: (id) => (id.startsWith(namesOfModule) ? id : null),
    load(id) {
      if (!id.startsWith(namesOfModule)) return null;
      process.env.NODE_ENV = 'production';
      const modules = id.slice(namesOfModule.length).split(',');
      const owners = new Map();
      for (const [index, specifier] of modules.entries()) {
        for (const name of Object.keys(require(specifier))) {
          if (name !== 'default' && !owners.has(name)) owners.set(name, index);
        }
      }
      const imports = modules.map(
        (specifier, index) => `import all${index} from ${JSON.stringify(require.resolve(specifier))};`,
      );
      const names = [...owners].map(([name, index]) => `export const ${name} = all${index}.${name};`);
      const all = modules.map((_, index) => `all${index}`).reverse();
      return [...imports, `export default Object.assign({}, ${all.join(', ')});`, ...names].join('\n');
    },
  };
}

// Texts with places become the trees that their format reads; the others stay as they are.
function compiledTexts() {
  return {
    name: 'compiled-texts',
    enforce: 'pre',
    load(id) {
      if (!/\/locales\/[a-z]{2}\.json$/.test(id)) return null;
      const texts = Object.entries(JSON.parse(readFileSync(id, 'utf8')));
      const compiled = texts.map(([key, text]) => [
        key,
        /[{']/.test(text) ? parse(text, { ignoreTag: true }) : text,
      ]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))};`, moduleType: 'js' };
    },
  };
}

// Which layer wins is said before any of them begins, whatever the bundler put first.
function layersInOrder() {
  return {
    name: 'layers-in-order',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type !== 'asset' || !part.fileName.endsWith('.css')) continue;
        part.source = `@layer tokens,base,components,app;${part.source}`;
      }
    },
  };
}
