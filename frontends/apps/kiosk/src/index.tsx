/** A kiosk at the airport: which flight, what became of it, and what can be done. */
import { defineFrontend } from '@app/ui';
import { Kiosk } from './kiosk.tsx';

export default defineFrontend('kiosk', Kiosk, {
  en: () => import('../locales/en.json'),
});
