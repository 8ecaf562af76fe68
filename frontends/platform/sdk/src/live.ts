import type { Document } from './graph.ts';

/** A subscription, by its id. */
export type LiveDocument<Data, Variables> = Document<Data, Variables>;

const pause = { first: 1000, longest: 30_000 };

/**
 * Follows a subscription over server-sent events until the signal ends it; a lost connection is taken up again.
 *
 * @param document a subscription of the frontend's `gql` folder
 * @param variables its variables
 * @param take gets the data of each event
 * @param signal ends it
 */
export async function live<Data, Variables>(
  document: LiveDocument<Data, Variables>,
  variables: Variables,
  take: (data: Data) => void,
  signal: AbortSignal,
): Promise<void> {
  let wait = pause.first;
  while (!signal.aborted) {
    try {
      await follow(document, variables, signal, (data: Data) => {
        wait = pause.first;
        take(data);
      });
    } catch {
      // The line was lost, or never there: it is tried again below.
    }
    if (signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, wait * (0.8 + Math.random() * 0.4)));
    wait = Math.min(wait * 2, pause.longest);
  }
}

async function follow<Data, Variables>(
  document: LiveDocument<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
  take: (data: Data) => void,
): Promise<void> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      'X-Requested-With': 'jetbridge',
    },
    body: JSON.stringify({ documentId: document.__meta__?.hash, variables }),
    signal,
  });
  if (!response.ok || !response.body) throw new Error(response.statusText);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = dataOf(event);
      if (data?.data) take(data.data as Data);
    }
  }
}

function dataOf(event: string): { data?: unknown } | null {
  const lines = event.split(/\r?\n/);
  if (!lines.some((line) => line === 'event: next')) return null;
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
  return data.length > 0 ? JSON.parse(data.join('\n')) : null;
}
