import { boot } from '@app/sdk';
import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import own_ar from './locales/ar.json';
import own_en from './locales/en.json';

type Tree = Exclude<ConstructorParameters<typeof IntlMessageFormat>[0], string>;

/** Texts by id, in the message format of ICU; those with places were read when they were built. */
export type Texts = Readonly<Record<string, string | Tree>>;

/** What stands in the places of a text. */
export type Values = Record<string, string | number | Date | null | undefined>;

/** Gives the text of an id. */
export type Translate<Id extends string> = (id: Id, values?: Values) => string;

const Current = createContext<Texts>({});
const own: Record<string, Texts> = { en: own_en, ar: own_ar };
const formats = new WeakMap<Tree, IntlMessageFormat>();

/** Gives the frontend inside it its texts. */
export function TextProvider({ texts, children }: { texts: Texts; children: ReactNode }) {
  return <Current value={texts}>{children}</Current>;
}

/**
 * The texts of the frontend, typed by its English file:
 * `export const useText = useTexts<keyof typeof import('../locales/en.json')>`.
 */
export function useTexts<Id extends string>(): Translate<Id> {
  const texts = useContext(Current);
  return useMemo(() => (id, values) => format(texts[id] ?? id, values), [texts]);
}

/** The texts of the components here. */
export function useOwnText(): Translate<keyof typeof own_en> {
  const texts = own[boot().locale.slice(0, 2)] ?? own_en;
  return useMemo(() => (id, values) => format(texts[id] ?? id, values), [texts]);
}

function format(text: string | Tree, values: Values | undefined): string {
  if (typeof text === 'string') return text;
  let known = formats.get(text);
  if (!known) {
    known = new IntlMessageFormat(text, boot().locale);
    formats.set(text, known);
  }
  return String(known.format(values));
}
