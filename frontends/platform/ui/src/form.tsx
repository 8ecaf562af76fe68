import { type FormEvent, type ReactNode, useState } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { Actions } from './dialog.tsx';
import styles from './form.module.css';
import { Banner } from './page.tsx';
import { useOwnText } from './text.tsx';

/** An expected refusal, as every payload of the graph may be one. */
export interface Refusal {
  __typename?: string;
  message?: string;
  fields?: { path: string[]; message: string }[];
}

/** What a form was told: problems of fields by name, and one of the whole. */
export interface FormProblems {
  fields: Record<string, string>;
  whole: string | null;
}

const none: FormProblems = { fields: {}, whole: null };

/**
 * Takes refusals of the graph apart: each lands on its field, by the last part of its path, the rest above the form.
 *
 * @returns the problems, what takes a refusal (true when it was none), and what forgets them
 */
export function useProblems(): [FormProblems, (outcome: Refusal) => boolean, () => void] {
  const t = useOwnText();
  const [problems, setProblems] = useState(none);
  const take = (outcome: Refusal): boolean => {
    const isRefusal = typeof outcome.message === 'string';
    if (!isRefusal) return true;
    const fields = Object.fromEntries(
      (outcome.fields ?? []).map(({ path, message }) => [path.at(-1) ?? '', message]),
    );
    const own: Record<string, string> = { StaleVersion: t('problem.stale'), Conflict: t('problem.conflict') };
    const whole =
      own[outcome.__typename ?? ''] ?? (outcome.fields?.length ? null : (outcome.message ?? null));
    setProblems({ fields, whole });
    return false;
  };
  return [problems, take, () => setProblems(none)];
}

/** Fields that are sent together. Problems that the server finds stand on their fields. */
export function Form({
  problems = none,
  onSubmit,
  actions,
  children,
}: {
  problems?: FormProblems;
  onSubmit: (values: FormData) => void;
  actions: ReactNode;
  children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <AriaForm className={styles.form ?? ''} validationErrors={problems.fields} onSubmit={submit}>
      {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
      {children}
      <Actions>{actions}</Actions>
    </AriaForm>
  );
}

/** Fields one beside the other, where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
