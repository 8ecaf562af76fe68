import { Button, PlainList } from '@app/ui';
import { useText } from '../text.ts';
import styles from './rules.module.css';

/** Something that is wrong with the text of a pack. */
export interface Fault {
  rule: string | null;
  line: number;
  column: number;
  message: string;
}

/** Everything that is wrong with a text; a press goes to its line, where there is somewhere to go. */
export function Faults({ faults, onGo }: { faults: Fault[]; onGo?: (fault: Fault) => void }) {
  const t = useText();
  return (
    <PlainList
      label={t('faults')}
      items={faults}
      itemKey={(fault) => `${fault.line} ${fault.column} ${fault.message}`}
    >
      {(fault) => (
        <span className={styles.fault}>
          {onGo && fault.line > 0 ? (
            <Button size="small" onPress={() => onGo(fault)}>
              {t('fault.line', { line: fault.line })}
            </Button>
          ) : null}
          <span>
            <span dir="auto">{fault.message}</span>
            {fault.rule ? (
              <small>
                <bdi>{fault.rule}</bdi>
              </small>
            ) : null}
          </span>
        </span>
      )}
    </PlainList>
  );
}
