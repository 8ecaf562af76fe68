// A subgraph of somebody else, in another language: the weather where a flight lands. Plain Node, no dependencies.
//
//   node docs/examples/weather/server.mjs [PORT]
//
// It reads as much of GraphQL as a gateway sends it: fields, aliases, inline fragments, and variables for arguments.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const sdl = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");

const measured = {
  AMM: { temperature: 17.5, sky: "CLEAR", wind: { from: 290, knots: 8 } },
  DXB: { temperature: 31, sky: "SAND", wind: { from: 320, knots: 18 } },
  FRA: { temperature: 4.5, sky: "CLOUDY", wind: { from: 240, knots: 12 } },
  LHR: { temperature: 9, sky: "CLOUDY", wind: { from: 220, knots: 15 } },
};

// The gateway sends what `@requires` asks for along with the key.
const types = {
  Query: {
    weatherStations: () => Object.keys(measured),
    _entities: (_, { representations }) => representations.map((one) => (one.__typename === "Flight" ? one : null)),
    _service: () => ({ sdl }),
  },
  Flight: {
    arrivalWeather: ({ destination }) => measured[destination?.iataCode] ?? null,
  },
};

// Reads one selection set: [{ key, name, args, on, fields }].
function selectionSet(tokens) {
  const selections = [];
  tokens.shift(); // {
  while (tokens[0] !== "}") {
    if (tokens[0] === "...") {
      tokens.splice(0, 2); // ... on
      selections.push({ on: tokens.shift(), fields: selectionSet(tokens) });
      continue;
    }
    const selection = { key: tokens.shift(), args: {} };
    selection.name = selection.key;
    if (tokens[0] === ":") [, selection.name] = tokens.splice(0, 2);
    if (tokens[0] === "(") {
      tokens.shift();
      while (tokens[0] !== ")") {
        const [argument, , variable] = tokens.splice(0, 3); // name : $variable
        selection.args[argument] = variable;
      }
      tokens.shift();
    }
    if (tokens[0] === "{") selection.fields = selectionSet(tokens);
    selections.push(selection);
  }
  tokens.shift(); // }
  return selections;
}

function complete(value, selection, variables) {
  if (Array.isArray(value)) return value.map((item) => complete(item, selection, variables));
  if (value === null || !selection.fields) return value;
  return select(value, value.__typename, selection.fields, variables);
}

function select(parent, type, selections, variables) {
  const result = {};
  for (const selection of selections) {
    if (selection.on) {
      if (selection.on === type) Object.assign(result, select(parent, type, selection.fields, variables));
      continue;
    }
    const args = Object.fromEntries(
      Object.entries(selection.args).map(([name, variable]) => [name, variables[variable.slice(1)]]),
    );
    const resolve = types[type]?.[selection.name] ?? (() => parent[selection.name] ?? null);
    result[selection.key] = complete(resolve(parent, args), selection, variables);
  }
  return result;
}

function answer(body) {
  const { query, variables } = JSON.parse(body);
  const tokens = query.slice(query.indexOf("{")).match(/\.\.\.|\$?[_A-Za-z]\w*|[{}():]/g);
  return { data: select({}, "Query", selectionSet(tokens), variables ?? {}) };
}

const port = Number(process.argv[2] ?? 4001);
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let status = 200;
  let result;
  try {
    result = answer(Buffer.concat(chunks).toString("utf8"));
  } catch {
    status = 400;
    result = { errors: [{ message: "This is no query that I can read.", extensions: { code: "BAD_USER_INPUT" } }] };
  }
  response.writeHead(status, { "content-type": "application/graphql-response+json" });
  response.end(JSON.stringify(result));
}).listen(port, "127.0.0.1", () => console.log(`The weather is at http://127.0.0.1:${port}/graphql`));
