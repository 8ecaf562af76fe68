import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './table.module.css';

/** A column: what stands in it, and how. */
export interface Column<Item> {
  id: string;
  label: string;
  /** Numbers and amounts stand at the end. */
  align?: 'start' | 'end';
  /** It is left out on small screens. */
  isSecondary?: boolean;
  cell: (item: Item) => ReactNode;
}

/** A page of things in columns. The first cell leads to the thing, where there is somewhere to go. */
export function Table<Item>({
  label,
  columns,
  items,
  itemKey,
  href,
}: {
  label: string;
  columns: Column<Item>[];
  items: readonly Item[];
  itemKey: (item: Item) => string;
  href?: (item: Item) => string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cellClass(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={itemKey(item)} className={href ? styles.leads : ''}>
              {columns.map((column, index) => (
                <td key={column.id} className={cellClass(column)}>
                  {index === 0 && href ? (
                    <AriaLink href={href(item)} className={styles.link ?? ''}>
                      {column.cell(item)}
                    </AriaLink>
                  ) : (
                    column.cell(item)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cellClass<Item>(column: Column<Item>): string {
  return classes(column.align === 'end' && styles.end, column.isSecondary && styles.secondary);
}
