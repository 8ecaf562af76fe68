import { boot } from '@app/sdk';
import { Card, Empty, Page } from '@app/ui';
import styles from './home.module.css';
import { FrontendIcon } from './icons.tsx';
import { useText } from './text.ts';

/** Where somebody begins. */
export function Home() {
  const t = useText();
  const { frontends, locale } = boot();
  const language = locale.slice(0, 2);
  return (
    <Page title={t('home.hello')} answer={frontends.length > 0 ? t('home.lead') : null}>
      {frontends.length === 0 ? (
        <Card>
          <Empty title={t('home.nothing')}>{t('home.nothing.text')}</Empty>
        </Card>
      ) : (
        <ul className={styles.areas}>
          {frontends.map((frontend) => (
            <li key={frontend.name}>
              <a className={styles.area} href={frontend.route}>
                <FrontendIcon name={frontend.icon} />
                <span>{frontend.title[language] ?? frontend.title.en}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

/** The path leads nowhere. */
export function Missing() {
  const t = useText();
  return (
    <Page title={t('missing.title')}>
      <Card>
        <Empty title={t('missing.title')}>{t('missing.text')}</Empty>
      </Card>
    </Page>
  );
}
