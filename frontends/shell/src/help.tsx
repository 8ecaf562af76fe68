import { Dialog } from '@app/ui';
import styles from './help.module.css';
import { pageCommands } from './shortcuts.ts';
import { useText } from './text.ts';

/** Every key there is at this moment. */
export function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText();
  const here = isOpen ? pageCommands().filter((command) => command.keys) : [];
  const always: [string, string][] = [
    ['/', t('help.search')],
    ['Ctrl K', t('help.commands')],
    ['?', t('help.help')],
    ['j k', t('help.list')],
  ];
  return (
    <Dialog title={t('help.title')} isOpen={isOpen} onClose={onClose}>
      <dl className={styles.keys}>
        {always.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      {here.length > 0 ? (
        <>
          <h3>{t('help.page')}</h3>
          <dl className={styles.keys}>
            {here.map((command) => (
              <div key={command.id}>
                <dt>
                  <kbd>{command.keys}</kbd>
                </dt>
                <dd>{command.label}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </Dialog>
  );
}
