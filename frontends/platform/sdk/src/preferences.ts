import { boot } from './boot.ts';

/** How the person wants the product to look. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  contrast: 'normal' | 'more';
  density: 'comfortable' | 'compact';
  language: 'en' | 'ar';
}

const cookie = 'jetbridge-preferences';
const year = 365 * 24 * 60 * 60;

let current: Preferences | undefined;

/** The preferences of this browser. */
export function preferences(): Preferences {
  current ??= boot().preferences;
  return current;
}

/** Changes some of them; the page is loaded again where its language changes. */
export function setPreferences(changes: Partial<Preferences>): void {
  const before = preferences();
  const next = { ...before, ...changes };
  current = next;
  const value = `${next.theme}.${next.contrast}.${next.density}.${next.language}`;
  // The server reads it, so that the first paint is right. It says nothing about the person.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `${cookie}=${value}; Path=/; Max-Age=${year}; SameSite=Lax`;
  if (next.language !== before.language) location.reload();
  const { dataset } = document.documentElement;
  dataset.theme = next.theme;
  dataset.contrast = next.contrast;
  dataset.density = next.density;
}
