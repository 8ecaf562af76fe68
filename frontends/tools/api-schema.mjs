// The schema that clients see: the supergraph without what only the gateway reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, Kind, parse, visit } from 'graphql';
import { root } from './packages.mjs';

const machinery = /^(join|link|requiresScopes|inaccessible|cost)__|^(join|link)$/;
const meant = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/** The document of the client schema. */
export function apiDocument() {
  const text = readFileSync(join(root, '..', 'schema', 'supergraph.graphql'), 'utf8');
  const isHidden = (node) => node.directives?.some((directive) => directive.name.value === 'inaccessible');
  const drop = (node) => (isHidden(node) || machinery.test(node.name.value) ? null : undefined);
  const kinds = Object.values(Kind).filter(
    (kind) => kind.endsWith('Definition') && kind.startsWith('ObjectType'),
  );
  const definitions = [
    ...kinds,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.UNION_TYPE_DEFINITION,
    Kind.ENUM_TYPE_DEFINITION,
    Kind.ENUM_VALUE_DEFINITION,
    Kind.SCALAR_TYPE_DEFINITION,
    Kind.INPUT_OBJECT_TYPE_DEFINITION,
    Kind.INPUT_VALUE_DEFINITION,
    Kind.FIELD_DEFINITION,
  ];
  return visit(parse(text, { noLocation: true }), {
    ...Object.fromEntries(definitions.map((kind) => [kind, { enter: drop }])),
    [Kind.DIRECTIVE_DEFINITION]: () => null,
    [Kind.DIRECTIVE]: (node) => (meant.has(node.name.value) ? undefined : null),
  });
}

/** The schema itself, to check documents with. */
export function apiSchema() {
  return buildASTSchema(apiDocument());
}
