import type { Preferences } from './preferences.ts';
import type { Requirement, Session } from './session.ts';

/** A part of another frontend's page that this frontend fills. */
export interface SlotEntry {
  /** Whose place it is, and which: `customer.aside`. */
  slot: string;
  /** The URL of the module that fills it. */
  entry: string;
  /** Smaller comes first. */
  order: number;
}

/** A frontend that this session may open. */
export interface FrontendEntry {
  name: string;
  version: string;
  /** The first segment of its paths: `/cases`. */
  route: string;
  /** What it is called, by language. */
  title: Record<string, string>;
  /** The name of its icon. */
  icon: string;
  /** Where it stands in the navigation; smaller comes first. */
  order: number;
  /** The URL of its module. */
  entry: string;
  css: { href: string; integrity: string }[];
  slots: SlotEntry[];
}

/** What the server wrote into the page for this session. */
export interface Boot {
  contract: 1;
  /** Which active set this page was composed of. */
  revision: number;
  locale: string;
  dir: 'ltr' | 'rtl';
  /** How people sign in here: with an account; and with a token of `jetbridge token` on one's own machine. */
  signIn: { account: boolean; token: boolean };
  session: Session | null;
  preferences: Preferences;
  frontends: FrontendEntry[];
}

export type { Requirement };

let read: Boot | undefined;

/** The boot document of this page. */
export function boot(): Boot {
  read ??= JSON.parse(document.getElementById('app-boot')?.textContent ?? 'null') as Boot;
  return read;
}
