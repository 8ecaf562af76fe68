import {
  boot,
  currentPath,
  type FrontendEntry,
  navigate,
  on,
  ownerOf,
  preferences,
  queryClient,
  session,
  setPreferences,
  signIn,
} from '@app/sdk';
import { IconButton, Menu, useShellLocation } from '@app/ui';
import { CircleUser, Keyboard, Languages, LogOut, MoonStar, PanelLeft, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import styles from './frame.module.css';
import { Help } from './help.tsx';
import { Home, Missing } from './home.tsx';
import icon from './icon.svg?no-inline';
import { FrontendIcon } from './icons.tsx';
import { Notices } from './notices.tsx';
import { Outlet } from './outlet.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Standing } from './standing.tsx';
import { StepUp } from './step-up.tsx';
import { useText } from './text.ts';

const Find = lazy(() => import('./find.tsx'));

/** Header, navigation, and the frontend that the path belongs to. */
export function Frame() {
  const t = useText();
  const [path] = useShellLocation('');
  const owner = ownerOf(path);
  const [isFinding, setFinding] = useState(false);
  const [isHelping, setHelping] = useState(false);
  const [isNavOpen, setNavOpen] = useState(false);
  useShortcuts({ find: () => setFinding(true), help: () => setHelping(true) });
  useLinks();
  useTitle();
  useEffect(() => on('navigated', () => setNavOpen(false)), []);
  return (
    <div className={styles.frame} data-nav={isNavOpen || undefined}>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <header className={styles.header}>
        <span className={styles.menu}>
          <IconButton
            label={t('menu')}
            icon={<PanelLeft aria-hidden />}
            onPress={() => setNavOpen(!isNavOpen)}
          />
        </span>
        <a className={styles.brand} href="/" aria-label={t('app')}>
          <Mark />
          <span>{t('app')}</span>
        </a>
        <button
          type="button"
          className={styles.search}
          onClick={() => setFinding(true)}
          aria-keyshortcuts="/ Control+K"
        >
          <Search aria-hidden />
          <span>{t('palette.placeholder')}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <div className={styles.tools}>
          <IconButton
            label={t('help')}
            keys="?"
            icon={<Keyboard aria-hidden />}
            onPress={() => setHelping(true)}
          />
          <LanguageMenu />
          <ThemeMenu />
          <Me />
        </div>
      </header>
      <Navigation current={owner} />
      <main id="main" className={styles.main} tabIndex={-1} aria-label={t('main')}>
        <Standing />
        {path === '/' ? <Home /> : owner ? <Outlet frontend={owner} /> : <Missing />}
      </main>
      <Notices />
      <StepUp />
      {isFinding ? (
        <Suspense>
          <Find onClose={() => setFinding(false)} />
        </Suspense>
      ) : null}
      <Help isOpen={isHelping} onClose={() => setHelping(false)} />
    </div>
  );
}

function Navigation({ current }: { current: FrontendEntry | null }) {
  const t = useText();
  const language = boot().locale.slice(0, 2);
  return (
    <nav className={styles.nav} aria-label={t('nav')}>
      <ul>
        {boot().frontends.map((frontend) => (
          <li key={frontend.name}>
            <a
              href={frontend.route}
              className={styles.area}
              {...(current?.name === frontend.name ? { 'aria-current': 'page' as const } : {})}
            >
              <FrontendIcon name={frontend.icon} />
              <span>{frontend.title[language] ?? frontend.title.en}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function LanguageMenu() {
  const t = useText();
  return (
    <Menu
      label={t('language')}
      trigger={<IconButton label={t('language')} icon={<Languages aria-hidden />} />}
      entries={[
        { id: 'en', label: 'English', run: () => setPreferences({ language: 'en' }) },
        { id: 'ar', label: 'العربية', run: () => setPreferences({ language: 'ar' }) },
      ]}
    />
  );
}

function ThemeMenu() {
  const t = useText();
  const { contrast, density } = preferences();
  return (
    <Menu
      label={t('theme')}
      trigger={<IconButton label={t('theme')} icon={<MoonStar aria-hidden />} />}
      entries={[
        { id: 'system', label: t('theme.system'), run: () => setPreferences({ theme: 'system' }) },
        { id: 'light', label: t('theme.light'), run: () => setPreferences({ theme: 'light' }) },
        { id: 'dark', label: t('theme.dark'), run: () => setPreferences({ theme: 'dark' }) },
        { id: 'line', line: true },
        {
          id: 'contrast',
          label: t('theme.contrast'),
          run: () => setPreferences({ contrast: contrast === 'more' ? 'normal' : 'more' }),
        },
        {
          id: 'compact',
          label: t('theme.compact'),
          run: () => setPreferences({ density: density === 'compact' ? 'comfortable' : 'compact' }),
        },
      ]}
    />
  );
}

function Me() {
  const t = useText();
  const user = session()?.user;
  const role = useRoleName(user?.role ?? '');
  const leave = async () => {
    await signIn.out();
    queryClient.clear();
    location.assign('/');
  };
  return (
    <Menu
      label={t('me')}
      trigger={<IconButton label={t('me')} icon={<CircleUser aria-hidden />} />}
      entries={[
        { id: 'who', label: role, detail: user?.email ?? user?.id ?? '', isDisabled: true },
        { id: 'line', line: true },
        { id: 'out', label: t('sign-out'), icon: <LogOut aria-hidden />, run: () => void leave() },
      ]}
    />
  );
}

/** What a role is called. */
export function useRoleName(role: string): string {
  const t = useText();
  const id = `role.${role}` as Parameters<typeof t>[0];
  const name = t(id);
  return name === id ? role : name;
}

/** The sign of the product. */
export function Mark() {
  return <img src={icon} className={styles.mark} alt="" />;
}

// A plain link within this origin is a step inside the page, unless it is asked to be more.
function useLinks(): void {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a');
      const isPlain =
        event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin)
        return;
      if (link.hash && link.pathname === location.pathname) return;
      if (
        !boot().frontends.some(
          ({ route }) => link.pathname === route || link.pathname.startsWith(`${route}/`),
        ) &&
        link.pathname !== '/'
      )
        return;
      event.preventDefault();
      navigate(link.pathname + link.search);
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);
}

// The title of the tab follows the page; on a step to another page the focus goes to its heading.
function useTitle(): void {
  useEffect(() => {
    let path = currentPath();
    return on('titled', ({ title }) => {
      document.title = `${title} · Jetbridge`;
      const isElsewhere = path.split('?')[0] !== location.pathname;
      path = currentPath();
      if (isElsewhere)
        document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
    });
  }, []);
}
