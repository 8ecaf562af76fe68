import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import styles from './dialog.module.css';
import { useOwnText } from './text.tsx';

/** Asks for something before the page goes on. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  size = 'normal',
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: 'normal' | 'wide';
}) {
  const t = useOwnText();
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={`${styles.modal} ${size === 'wide' ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            <IconButton label={t('close')} icon={<X aria-hidden />} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons at the end of a dialog or a form: what it is for comes first. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** Shows what an act leads to, in figures, and asks once. */
export function Confirm({
  title,
  isOpen,
  onClose,
  onConfirm,
  action,
  tone = 'primary',
  isPending = false,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  action: string;
  tone?: 'primary' | 'danger';
  isPending?: boolean;
  children: ReactNode;
}) {
  const t = useOwnText();
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <div className={styles.body}>{children}</div>
      <Actions>
        <Button tone={tone} onPress={onConfirm} isPending={isPending} autoFocus>
          {action}
        </Button>
        <Button onPress={onClose}>{t('cancel')}</Button>
      </Actions>
    </Dialog>
  );
}

/** Shows more beside the button that it belongs to. */
export function Popup({
  trigger,
  label,
  children,
}: {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
}) {
  return (
    <DialogTrigger>
      {trigger}
      <Popover className={styles.popup ?? ''} offset={6}>
        <AriaDialog className={styles.popupBody ?? ''} aria-label={label}>
          {children}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}
