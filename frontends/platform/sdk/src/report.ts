/** What broke, without anything about a person: the kind of the error and where in our files it was thrown. */
interface Report {
  frontend: string;
  kind: string;
  at: string[];
}

const ours = /\/_f\/[\w.-]+(?:\/[\w.-]+)+:\d+:\d+/g;
const told = new Set<string>();

/** Tells the server that a frontend broke; the same thing once a page. Messages may hold data, and are left out. */
export function report(frontend: string, error: unknown): void {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const at = [...(thrown.stack ?? '').matchAll(ours)].slice(0, 8).map((match) => match[0]);
  const one: Report = { frontend, kind: thrown.name, at };
  const body = JSON.stringify(one);
  if (told.has(body) || told.size >= 20) return;
  told.add(body);
  const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'jetbridge' };
  fetch('/_app/reports', { method: 'POST', headers, body, keepalive: true }).catch(() => undefined);
}
