/** Every component of the kit, to look at in each theme, density and direction. */
import { defineFrontend, Page, Stack } from '@app/ui';
import { Basics } from './basics.tsx';
import { Inputs } from './inputs.tsx';
import { Numbers } from './numbers.tsx';
import { Overlays } from './overlays.tsx';
import { useText } from './text.ts';

function Gallery() {
  const t = useText();
  return (
    <Page title={t('title')} answer={t('lead')}>
      <Stack>
        <Basics />
        <Inputs />
        <Overlays />
        <Numbers />
      </Stack>
    </Page>
  );
}

export default defineFrontend('gallery', Gallery, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
