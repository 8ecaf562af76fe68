import { boot, type FrontendEntry } from './boot.ts';
import { tell } from './events.ts';

/** The path of the page, with its query. */
export function currentPath(): string {
  return location.pathname + location.search;
}

/** The frontend that a path belongs to; null where no frontend of this session has it. */
export function ownerOf(path: string): FrontendEntry | null {
  const [, first] = path.split(/[/?#]/);
  return boot().frontends.find((one) => one.route === `/${first}`) ?? null;
}

/**
 * Goes to a path of this origin. It carries ids at most, never a name or an address of a person.
 *
 * @param path begins with `/`
 */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (path === currentPath()) return;
  if (options.replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  tell('navigated', { path });
}

addEventListener('popstate', () => tell('navigated', { path: currentPath() }));
