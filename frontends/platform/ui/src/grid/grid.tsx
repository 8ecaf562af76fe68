import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import type { Column } from '../table.tsx';
import styles from './grid.module.css';

/** A column with its share of the width: `2fr`, `120px`. */
export interface GridColumn<Item> extends Column<Item> {
  width?: string;
}

/**
 * A long table. The arrow keys, Page Up, Page Down, Home and End move in it; Enter opens the row.
 *
 * @param height of the table, with its unit: `60vh`
 */
export function Grid<Item>({
  label,
  columns,
  items,
  onOpen,
  height = '60vh',
  rowHeight = 40,
}: {
  label: string;
  columns: GridColumn<Item>[];
  items: readonly Item[];
  onOpen?: (item: Item) => void;
  height?: string;
  rowHeight?: number;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const template = columns.map((column) => column.width ?? '1fr').join(' ');
  const go = (to: number) => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setActive(next);
    rows.scrollToIndex(next);
  };
  const keys = (event: KeyboardEvent) => {
    const page = Math.floor((frame.current?.clientHeight ?? 400) / rowHeight) - 2;
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: active - 1,
      k: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    };
    const to = moves[event.key];
    const item = items[active];
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    } else if (event.key === 'Enter' && item) onOpen?.(item);
  };
  return (
    <div
      ref={frame}
      role="grid"
      aria-label={label}
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={`row-${active}`}
      tabIndex={0}
      className={styles.grid}
      style={{ blockSize: height }}
      onKeyDown={keys}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={styles.head}
        style={{ gridTemplateColumns: template }}
        tabIndex={-1}
      >
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            className={classes(column.align === 'end' && styles.end)}
            tabIndex={-1}
          >
            {column.label}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index] as Item;
          return (
            <div
              key={row.key}
              id={`row-${row.index}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={row.index + 2}
              aria-selected={row.index === active}
              className={styles.row}
              style={{ gridTemplateColumns: template, blockSize: row.size, insetBlockStart: row.start }}
              onClick={() => {
                setActive(row.index);
                onOpen?.(item);
              }}
              onKeyDown={() => undefined}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  tabIndex={-1}
                  className={classes(column.align === 'end' && styles.end)}
                >
                  {column.cell(item)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
