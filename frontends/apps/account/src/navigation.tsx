import { useShellLocation } from '@app/ui';
import { HandCoins, House, type LucideIcon, Mail, MessagesSquare, Plane, UserRound } from 'lucide-react';
import styles from './account.module.css';
import { useText } from './text.ts';

const places: [
  id: 'home' | 'trips' | 'claims' | 'cases' | 'messages' | 'me',
  path: string,
  Icon: LucideIcon,
][] = [
  ['home', '/account', House],
  ['trips', '/account/trips', Plane],
  ['claims', '/account/claims', HandCoins],
  ['cases', '/account/cases', MessagesSquare],
  ['messages', '/account/messages', Mail],
  ['me', '/account/me', UserRound],
];

/** The ways inside the account: below the thumb on a phone, above the page elsewhere. */
export function AccountNavigation() {
  const t = useText();
  const [path] = useShellLocation('');
  const isHere = (place: string) => path === place || (place !== '/account' && path.startsWith(`${place}/`));
  return (
    <nav className={styles.nav} aria-label={t('nav')}>
      {places.map(([id, place, Icon]) => (
        <a key={id} href={place} {...(isHere(place) ? { 'aria-current': 'page' as const } : {})}>
          <Icon aria-hidden />
          <span>{t(`nav.${id}`)}</span>
        </a>
      ))}
    </nav>
  );
}
