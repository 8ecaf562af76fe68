import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { classes } from '../classes.ts';
import dialogs from '../dialog.module.css';
import select from '../select.module.css';
import styles from './palette.module.css';

/** One thing that can be gone to or done. */
export interface PaletteEntry {
  id: string;
  label: string;
  detail?: string | undefined;
  icon?: ReactNode;
  keys?: string | undefined;
  run: () => void;
}

/** Things of one kind. */
export interface PaletteSection {
  id: string;
  label: string;
  entries: PaletteEntry[];
}

/**
 * Finds anything by a few letters.
 *
 * @param sections what fits the text; the caller narrows them
 */
export function Palette({
  label,
  placeholder,
  empty,
  text,
  onText,
  sections,
  onClose,
}: {
  label: string;
  placeholder: string;
  empty: ReactNode;
  text: string;
  onText: (text: string) => void;
  sections: PaletteSection[];
  onClose: () => void;
}) {
  const filled = sections.filter((section) => section.entries.length > 0);
  const run = (key: string | number) => {
    const entry = filled.flatMap((section) => section.entries).find((one) => one.id === key);
    onClose();
    entry?.run();
  };
  return (
    <ModalOverlay
      className={dialogs.overlay ?? ''}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={classes(dialogs.modal, styles.modal)}>
        <Dialog className={styles.dialog ?? ''} aria-label={label}>
          <Autocomplete inputValue={text} onInputChange={onText}>
            <SearchField aria-label={label} autoFocus className={styles.field ?? ''}>
              <Input placeholder={placeholder} className={styles.input ?? ''} />
            </SearchField>
            <Menu
              aria-label={label}
              className={styles.list ?? ''}
              onAction={run}
              renderEmptyState={() => <div className={styles.empty}>{empty}</div>}
            >
              {filled.map((section) => (
                <MenuSection key={section.id} id={section.id}>
                  <Header className={styles.header ?? ''}>{section.label}</Header>
                  {section.entries.map((entry) => (
                    <MenuItem
                      key={entry.id}
                      id={entry.id}
                      textValue={entry.label}
                      className={classes(select.option, styles.item)}
                    >
                      {entry.icon}
                      <span className={styles.words}>
                        <span>{entry.label}</span>
                        {entry.detail ? <small>{entry.detail}</small> : null}
                      </span>
                      {entry.keys ? <kbd>{entry.keys}</kbd> : null}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
