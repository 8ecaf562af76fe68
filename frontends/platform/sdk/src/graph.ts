import { tell } from './events.ts';
import { asksForProof, stepUp } from './step-up.ts';

/** A document that was replaced by its id when the frontend was built. */
export interface Document<Data, Variables> {
  __meta__?: Record<string, unknown>;
  /** Carries the types alone; it is never there. */
  __apiType?: (variables: Variables) => Data;
}

/** One error of an answer. */
export interface GraphProblem {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; requestId?: string; retryAfterSeconds?: number };
}

/** Why there is no answer: the request was refused, or did not arrive. */
export class GraphError extends Error {
  /** The code of the first error; `OFFLINE` when the server could not be reached. */
  readonly code: string;
  /** Leads the operator to the cause. */
  readonly requestId: string | null;
  readonly problems: GraphProblem[];

  constructor(code: string, message: string, requestId: string | null, problems: GraphProblem[] = []) {
    super(message);
    this.name = 'GraphError';
    this.code = code;
    this.requestId = requestId;
    this.problems = problems;
  }
}

/** What an answer is, with the errors of parts that are missing in it. */
export type Answered<Data> = Data & { readonly $problems?: GraphProblem[] };

/**
 * Asks the graph by document id. Parts that one domain could not answer are null in the data; without any data it fails.
 * Where an act asks for a fresh proof of who the person is, they are asked for it, and the act is repeated.
 *
 * @param document a document of the frontend's `gql` folder
 * @param variables its variables
 * @throws GraphError when there is no data
 */
export async function gql<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const data = await once(document, variables, signal);
  if (!asksForProof(data) || !(await stepUp())) return data;
  return once(document, variables, signal);
}

async function once<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | undefined,
): Promise<Data> {
  const response = await send({ documentId: document.__meta__?.hash, variables }, signal);
  const answer = await readAnswer<Data>(response);
  const problems = answer.errors ?? [];
  const first = problems[0];
  const code = first?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
  if (code === 'UNAUTHENTICATED') tell('session-ended', undefined);
  const requestId = response.headers.get('x-request-id');
  if (answer.data === null || answer.data === undefined) {
    throw new GraphError(code, first?.message ?? response.statusText, requestId, problems);
  }
  for (const problem of problems) tell('part-missing', { problem, requestId });
  return answer.data;
}

async function send(body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        'X-Requested-With': 'jetbridge',
      },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new GraphError('OFFLINE', 'The server could not be reached.', null);
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: GraphProblem[];
}

async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  const answer = await response.json().catch(() => ({}));
  // A refusal outside the graph is problem+json (RFC 9457), with the codes of the graph.
  if ('detail' in answer) return { errors: [{ message: answer.detail, extensions: { code: answer.code } }] };
  return answer as Answer<Data>;
}
