import { Link as AriaLink } from 'react-aria-components';
import styles from './sections.module.css';

/** One of the pages that a frontend is made of. */
export interface Section {
  id: string;
  label: string;
  href: string;
}

/** The pages of a frontend, one beside the other. Each has an address of its own, unlike a tab. */
export function Sections({
  label,
  sections,
  current,
}: {
  label: string;
  sections: Section[];
  current: string;
}) {
  if (sections.length < 2) return null;
  return (
    <nav aria-label={label} className={styles.sections}>
      <ul>
        {sections.map(({ id, label: name, href }) => (
          <li key={id}>
            <AriaLink
              href={href}
              className={styles.section ?? ''}
              {...(id === current ? { 'aria-current': 'page' as const } : {})}
            >
              {name}
            </AriaLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
