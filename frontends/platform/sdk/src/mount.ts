import { boot, type FrontendEntry, type SlotEntry } from './boot.ts';

/** What a frontend gets when it is shown. */
export interface MountContext {
  /** The element that is its own. */
  el: HTMLElement;
  /** What its paths begin with: `/cases`. */
  basePath: string;
  locale: string;
  dir: 'ltr' | 'rtl';
  /** Ends when it is taken away. */
  signal: AbortSignal;
  /** What the page says to a slot: `{ customerId: "…" }`. */
  slotProps?: unknown;
}

/** What the module of a frontend gives by default. */
export interface Mounted {
  /** Shows it, and gives the function that takes it away. */
  mount(context: MountContext): () => void;
}

const patience = 8000;
const styles = new Map<string, Promise<void>>();

/** Loads a module of a frontend with its styles. */
export async function loadFrontend(frontend: FrontendEntry, entry: string): Promise<Mounted> {
  const css = frontend.css.map(({ href, integrity }) => loadStyle(href, integrity));
  const loaded = Promise.all([import(/* @vite-ignore */ entry), ...css]);
  const [module] = await Promise.race([loaded, timeOut(frontend.name)]);
  return (module as { default: Mounted }).default;
}

/** Loads a module and shows it in the element; ends with the signal. */
export async function mountEntry(
  frontend: FrontendEntry,
  entry: string,
  el: HTMLElement,
  signal: AbortSignal,
  slotProps?: unknown,
): Promise<void> {
  const module = await loadFrontend(frontend, entry);
  if (signal.aborted) return;
  const { locale, dir } = boot();
  const unmount = module.mount({ el, basePath: frontend.route, locale, dir, signal, slotProps });
  signal.addEventListener('abort', () => queueMicrotask(unmount), { once: true });
}

/** What fills a slot in this session, in order. */
export function slotsFor(slot: string): { frontend: FrontendEntry; entry: SlotEntry }[] {
  const all = boot().frontends.flatMap((frontend) => frontend.slots.map((entry) => ({ frontend, entry })));
  return all
    .filter(({ entry }) => entry.slot === slot)
    .sort((one, other) => one.entry.order - other.entry.order);
}

function loadStyle(href: string, integrity: string): Promise<void> {
  const known = styles.get(href);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    if (document.querySelector(`link[rel="stylesheet"][href="${CSS.escape(href)}"]`)) return resolve();
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, integrity });
    link.onload = () => resolve();
    link.onerror = () => {
      styles.delete(href);
      link.remove();
      reject(new Error(`the style ${href} could not be loaded`));
    };
    document.head.append(link);
  });
  styles.set(href, loading);
  return loading;
}

function timeOut(name: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${name} was not there after ${patience / 1000} s`)), patience);
  });
}
