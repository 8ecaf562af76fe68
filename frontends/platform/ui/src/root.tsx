import { boot, type MountContext, type Mounted, navigate, on, queryClient, tell } from '@app/sdk';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { type BaseLocationHook, Router } from 'wouter';
import { TextProvider, type Texts } from './text.tsx';

/** The texts of a frontend by language: `{ en: () => import('../locales/en.json'), … }`. */
export type TextsByLanguage = Readonly<Record<string, () => Promise<{ default: Texts }>>>;

const Slotted = createContext<unknown>(undefined);

/**
 * What the module of a frontend, or of a slot, gives by default.
 *
 * @param name the frontend's name, under which its failures are reported
 * @param Page what it shows
 * @param texts its texts
 */
export function defineFrontend(name: string, Page: ComponentType, texts: TextsByLanguage): Mounted {
  return { mount: (context) => mount(name, Page, texts, context) };
}

function mount(name: string, Page: ComponentType, texts: TextsByLanguage, context: MountContext): () => void {
  const root = createRoot(context.el, {
    onUncaughtError: (error) => tell('frontend-error', { name, error }),
  });
  const language = context.locale.slice(0, 2);
  const load = texts[language] ?? texts.en;
  void load?.().then(
    ({ default: found }) => {
      if (context.signal.aborted) return;
      root.render(
        <FrontendRoot texts={found} basePath={context.basePath}>
          <Slotted value={context.slotProps}>
            <Page />
          </Slotted>
        </FrontendRoot>,
      );
    },
    (error) => tell('frontend-error', { name, error }),
  );
  return () => root.unmount();
}

/** What the page says to the slot that this component is in. */
export function useSlotProps<Props>(): Props {
  return useContext(Slotted) as Props;
}

/** Everything that components here need around them. */
export function FrontendRoot({
  texts,
  basePath,
  children,
}: {
  texts: Texts;
  basePath: string;
  children: ReactNode;
}) {
  return (
    <I18nProvider locale={boot().locale}>
      <RouterProvider navigate={navigate}>
        <QueryClientProvider client={queryClient}>
          <Router base={basePath} hook={useShellLocation}>
            <TextProvider texts={texts}>{children}</TextProvider>
          </Router>
        </QueryClientProvider>
      </RouterProvider>
    </I18nProvider>
  );
}

const subscribe = (changed: () => void) => on('navigated', changed);
const path = () => location.pathname;

/** The path of the page, and the way to another one. */
export const useShellLocation: BaseLocationHook = () => [useSyncExternalStore(subscribe, path), navigate];

/** The query of the page's path. */
export function useSearch(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return new URLSearchParams(search);
}
