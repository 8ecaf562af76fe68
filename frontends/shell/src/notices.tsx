import { type NoticeTone, on } from '@app/sdk';
import { Banner, Button } from '@app/ui';
import { useEffect, useState } from 'react';
import styles from './notices.module.css';
import { useText } from './text.ts';

interface Notice {
  id: number;
  text: string;
  tone: NoticeTone;
  action?: { label: string; run: () => void };
}

const lifetime = 7000;
const tones = { neutral: 'info', success: 'success', warning: 'warning', danger: 'danger' } as const;

/** What frontends have to say to the person, and to screen readers. */
export function Notices() {
  const t = useText();
  const [notices, setNotices] = useState<Notice[]>([]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    let next = 0;
    const quiet = on('noticed', (notice) => {
      const id = next++;
      setNotices((all) => [...all.slice(-2), { ...notice, id }]);
      if (!notice.action) setTimeout(() => setNotices((all) => all.filter((one) => one.id !== id)), lifetime);
    });
    const silent = on('announced', ({ text }) => setSaid(text));
    return () => {
      quiet();
      silent();
    };
  }, []);
  const close = (id: number) => setNotices((all) => all.filter((one) => one.id !== id));
  return (
    <>
      <section className={styles.notices} aria-label={t('notices')} aria-live="polite">
        {notices.map(({ id, text, tone, action }) => (
          <Banner
            key={id}
            tone={tones[tone]}
            action={
              action ? (
                <Button
                  size="small"
                  onPress={() => {
                    close(id);
                    action.run();
                  }}
                >
                  {action.label}
                </Button>
              ) : null
            }
          >
            {text}
          </Banner>
        ))}
      </section>
      <div className={styles.said} aria-live="polite">
        {said}
      </div>
    </>
  );
}
