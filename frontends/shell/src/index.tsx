/** The frame around every frontend. */
import { boot, report } from '@app/sdk';
import { FrontendRoot, type Texts } from '@app/ui';
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame.tsx';
import { SignInPage } from './sign-in.tsx';

const DevicePage = lazy(() => import('./device.tsx'));

const english = (): Promise<{ default: Texts }> => import('../locales/en.json');
const texts: Record<string, typeof english> = { en: english, ar: () => import('../locales/ar.json') };

// Kiosks are found at one address; everything else is for people.
function WayIn() {
  if (!location.pathname.startsWith('/kiosk')) return <SignInPage />;
  return (
    <Suspense>
      <DevicePage />
    </Suspense>
  );
}

const el = document.getElementById('app') as HTMLElement;
const { default: own } = await (texts[boot().locale.slice(0, 2)] ?? english)();
createRoot(el, { onUncaughtError: (error) => report('shell', error) }).render(
  <FrontendRoot texts={own} basePath="">
    {boot().session ? <Frame /> : <WayIn />}
  </FrontendRoot>,
);
