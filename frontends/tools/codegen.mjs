// Types and ids of the documents in `src/**/*.graphql`: `src/gql/` is written, and knows no text of a query.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse, validate } from 'graphql';
import { apiDocument, apiSchema } from './api-schema.mjs';
import { packages, root } from './packages.mjs';

const scalars = {
  ID: 'string',
  Long: 'number',
  Date: 'string',
  DateTime: 'string',
  UUID: 'string',
  EmailAddress: 'string',
  PhoneNumber: 'string',
  CountryCode: 'string',
  LanguageTag: 'string',
  IataAirport: 'string',
  RecordLocator: 'string',
};

/** Writes the types of one package, and gives its documents: id → text. */
export async function generate(one, shared = { document: apiDocument(), schema: apiSchema() }) {
  const source = join(one.path, 'src');
  const documents = existsSync(source) ? read(source) : [];
  if (documents.length === 0) return {};
  const problems = documents.flatMap(({ location, document }) =>
    invalid(location, document, documents, shared.schema),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${source}/gql/`,
    schema: shared.document,
    schemaAst: shared.schema,
    documents,
    plugins: [],
    pluginMap: {},
    pluginContext: {},
    config: {
      documentMode: 'string',
      enumsAsTypes: true,
      scalars: { ...unknownScalars(shared.schema), ...scalars },
      strictScalars: true,
      useTypeImports: true,
    },
    presetConfig: {
      fragmentMasking: false,
      persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm: 'sha256' },
    },
  });
  let manifest = {};
  mkdirSync(join(source, 'gql'), { recursive: true });
  for (const output of outputs) {
    const content = await codegen({ ...output, documents: output.documents ?? documents });
    const name = output.filename.slice(`${source}/gql/`.length);
    if (name === 'persisted-documents.json') manifest = JSON.parse(content);
    if (name === 'graphql.ts') write(join(source, 'gql', name), content);
  }
  return manifest;
}

function write(file, content) {
  const text = `// Written by \`npm run codegen\` from the documents beside it.\n${content}`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

function read(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => {
      const location = join(folder, name);
      const rawSDL = readFileSync(location, 'utf8');
      return { location, rawSDL, document: parse(rawSDL) };
    });
}

// A document may spread fragments of its neighbours, so each is checked with all fragments that it reaches.
function invalid(location, document, all, schema) {
  const fragments = new Map(
    all
      .flatMap((one) => one.document.definitions.filter((part) => part.kind === 'FragmentDefinition'))
      .map((part) => [part.name.value, part]),
  );
  const own = new Set(
    document.definitions.filter((part) => part.kind === 'FragmentDefinition').map((part) => part.name.value),
  );
  if (!document.definitions.some((part) => part.kind === 'OperationDefinition')) return [];
  const definitions = [...document.definitions];
  for (const name of reached(document, fragments)) if (!own.has(name)) definitions.push(fragments.get(name));
  return validate(schema, { kind: 'Document', definitions }).map(
    (error) => `${relative(root, location)}: ${error.message}`,
  );
}

function reached(document, fragments, seen = new Set()) {
  JSON.stringify(document.definitions, (_, value) => {
    if (value?.kind !== 'FragmentSpread') return value;
    const name = value.name.value;
    if (!seen.has(name) && fragments.has(name)) {
      seen.add(name);
      reached({ definitions: [fragments.get(name)] }, fragments, seen);
    }
    return value;
  });
  return seen;
}

function unknownScalars(schema) {
  const names = Object.values(schema.getTypeMap()).filter(
    (type) => type.astNode?.kind === 'ScalarTypeDefinition',
  );
  return Object.fromEntries(names.map((type) => [type.name, 'string']));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const shared = { document: apiDocument(), schema: apiSchema() };
  for (const one of await packages()) {
    const count = Object.keys(await generate(one, shared)).length;
    if (count > 0) console.log(`${one.name}: ${count} documents`);
  }
}
