import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { classes } from './classes.ts';
import own from './menu.module.css';
import styles from './select.module.css';

/** One thing that can be done, or a line between two groups. */
export type MenuEntry =
  | {
      id: string;
      label: string;
      icon?: ReactNode;
      keys?: string;
      href?: string;
      tone?: 'danger';
      isDisabled?: boolean;
      detail?: string;
      run?: () => void;
    }
  | { id: string; line: true };

/** Offers what can be done, behind a button. */
export function Menu({
  label,
  trigger,
  entries,
}: {
  label: string;
  trigger: ReactElement;
  entries: MenuEntry[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={classes(styles.popover, own.popover)} offset={4}>
        <AriaMenu className={styles.list ?? ''} aria-label={label}>
          {entries.map((entry) =>
            'line' in entry ? (
              <Separator key={entry.id} className={own.line ?? ''} />
            ) : (
              <MenuItem
                key={entry.id}
                id={entry.id}
                textValue={entry.label}
                className={classes(styles.option, own.item, entry.tone === 'danger' && own.danger)}
                onAction={() => entry.run?.()}
                isDisabled={entry.isDisabled ?? false}
                {...(entry.href ? { href: entry.href } : {})}
              >
                {entry.icon}
                <span className={own.label}>
                  {entry.label}
                  {entry.detail ? <small>{entry.detail}</small> : null}
                </span>
                {entry.keys ? <kbd>{entry.keys}</kbd> : null}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
