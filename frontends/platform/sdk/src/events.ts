import type { GraphProblem } from './graph.ts';

/** How a notice looks. */
export type NoticeTone = 'neutral' | 'success' | 'warning' | 'danger';

/** Everything that frontends and the shell tell each other. */
export interface ShellEvents {
  /** A path of this origin was gone to. */
  navigated: { path: string };
  /** The document title of the page that is shown, and what is read out for it. */
  titled: { title: string };
  /** A notice for the person. */
  noticed: { text: string; tone: NoticeTone; action?: { label: string; run: () => void } };
  /** To be read out by screen readers. */
  announced: { text: string };
  /** An act asks for a fresh proof of who the person is. Whoever asks them for it says so with `isTaken`, and how it ended with `done`. */
  'step-up': { isTaken: boolean; done: (isShown: boolean) => void };
  /** The graph does not know the session any more. */
  'session-ended': undefined;
  /** A part of an answer is missing. */
  'part-missing': { problem: GraphProblem; requestId: string | null };
  /** A frontend broke. */
  'frontend-error': { name: string; error: unknown };
  /** Commands that the page offers, for the palette. */
  commands: { owner: string; commands: { id: string; label: string; keys?: string; run: () => void }[] };
}

const target = new EventTarget();

/** Tells everybody who listens. */
export function tell<Name extends keyof ShellEvents>(name: Name, detail: ShellEvents[Name]): void {
  target.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Listens until the function that it gives is called. */
export function on<Name extends keyof ShellEvents>(
  name: Name,
  listener: (detail: ShellEvents[Name]) => void,
): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<ShellEvents[Name]>).detail);
  target.addEventListener(name, heard);
  return () => target.removeEventListener(name, heard);
}

/** Shows a notice at the edge of the page. Success is quiet: say it only where the page does not show it. */
export function notify(
  text: string,
  tone: NoticeTone = 'neutral',
  action?: { label: string; run: () => void },
): void {
  tell('noticed', action ? { text, tone, action } : { text, tone });
}

/** Has a text read out by screen readers, and shown nowhere. */
export function announce(text: string): void {
  tell('announced', { text });
}
