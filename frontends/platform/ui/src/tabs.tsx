import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import styles from './tabs.module.css';

/** One of several views of the same thing. */
export interface TabView {
  id: string;
  label: string;
  count?: string;
  content: ReactNode;
}

/** Shows one of several views of the same thing. */
export function Tabs({
  label,
  views,
  selected,
  onChange,
}: {
  label: string;
  views: TabView[];
  selected?: string;
  onChange?: (id: string) => void;
}) {
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      {...(selected ? { selectedKey: selected } : {})}
      onSelectionChange={(key) => onChange?.(String(key))}
    >
      <TabList aria-label={label} className={styles.list ?? ''}>
        {views.map((view) => (
          <Tab key={view.id} id={view.id} className={styles.tab ?? ''}>
            {view.label}
            {view.count ? <span className={styles.count}>{view.count}</span> : null}
          </Tab>
        ))}
      </TabList>
      {views.map((view) => (
        <TabPanel key={view.id} id={view.id} className={styles.panel ?? ''}>
          {view.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
