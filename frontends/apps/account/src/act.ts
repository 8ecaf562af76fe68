import type { Document } from '@app/sdk';
import { type FormProblems, type Refusal, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { useText } from './text.ts';

type AnyDocument = Parameters<typeof useChange>[1] extends (infer One)[] | undefined ? One : never;

/** Something that the customer does: what it came to, and what stood in its way. */
export interface Act<Data, Variables> {
  /** Does it. Null where it was not done; `problems` then say why. */
  run: (variables: Variables, outcome: (data: Data) => Refusal) => Promise<Data | null>;
  isPending: boolean;
  problems: FormProblems;
  forget: () => void;
  /** The key of this attempt: the same until it was answered, so that a lost line never does it twice. */
  key: () => string;
}

/**
 * Sends a mutation, and turns every refusal and every failure into a problem to show.
 *
 * @param document the mutation
 * @param changed documents whose answers are loaded again
 */
export function useAct<Data, Variables>(
  document: Document<Data, Variables>,
  changed: AnyDocument[] = [],
): Act<Data, Variables> {
  const t = useText();
  const change = useChange(document, changed);
  const [problems, take, forget] = useProblems();
  const key = useRef(crypto.randomUUID());
  const run = async (variables: Variables, outcome: (data: Data) => Refusal) => {
    try {
      const data = await change.mutateAsync(variables);
      key.current = crypto.randomUUID();
      if (!take(outcome(data))) return null;
      forget();
      return data;
    } catch (error) {
      const isOffline = (error as { code?: string }).code === 'OFFLINE';
      take({ message: t(isOffline ? 'act.offline' : 'act.failed') });
      return null;
    }
  };
  return { run, isPending: change.isPending, problems, forget, key: () => key.current };
}
