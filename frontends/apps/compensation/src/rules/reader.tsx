import { Card, SearchField } from '@app/ui';
import { useMemo, useState } from 'react';
import { useText } from '../text.ts';
import styles from './rules.module.css';

/** The text of a version with its lines counted, to be read and searched. */
export function Reader({ text }: { text: string }) {
  const t = useText();
  const [wanted, setWanted] = useState('');
  const lines = useMemo(() => text.split('\n'), [text]);
  const sought = wanted.trim().toLowerCase();
  const found = sought === '' ? 0 : lines.filter((line) => line.toLowerCase().includes(sought)).length;
  return (
    <Card
      title={t('pack.text')}
      count={sought ? t('found.lines', { count: found }) : undefined}
      actions={<SearchField label={t('pack.search')} value={wanted} onChange={setWanted} />}
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className={styles.reader} dir="ltr" aria-label={t('pack.text')} tabIndex={0}>
        <ol>
          {lines.map((line, index) => (
            <li
              key={index}
              data-kind={kindOf(line)}
              data-found={(sought !== '' && line.toLowerCase().includes(sought)) || undefined}
            >
              {line || ' '}
            </li>
          ))}
        </ol>
      </section>
    </Card>
  );
}

function kindOf(line: string): 'comment' | 'heading' | undefined {
  const begun = line.trimStart();
  if (begun.startsWith('#')) return 'comment';
  return begun.startsWith('[') ? 'heading' : undefined;
}
