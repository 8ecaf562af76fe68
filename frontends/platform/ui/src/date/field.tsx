import { type CalendarDate, parseDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { classes } from '../classes.ts';
import fields from '../field.module.css';
import { FieldHelp, FieldLabel } from '../field.tsx';
import select from '../select.module.css';
import styles from './date.module.css';

/** Takes a day, such as `2026-11-20`. */
export function DateField({
  label,
  help,
  name,
  value,
  onChange,
  min,
  max,
  isRequired,
}: {
  label: string;
  help?: ReactNode;
  name?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  min?: string;
  max?: string;
  isRequired?: boolean;
}) {
  const given = (date: string | null | undefined) => (date ? parseDate(date) : null);
  return (
    <DatePicker<CalendarDate>
      className={fields.field ?? ''}
      {...(value === undefined ? {} : { value: given(value) })}
      onChange={(date) => onChange?.(date?.toString() ?? null)}
      {...(name ? { name } : {})}
      {...(min ? { minValue: parseDate(min) } : {})}
      {...(max ? { maxValue: parseDate(max) } : {})}
      isRequired={isRequired ?? false}
    >
      <FieldLabel isRequired={isRequired}>{label}</FieldLabel>
      <Group className={classes(fields.input, styles.group)}>
        <DateInput className={styles.input ?? ''}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ''} />}
        </DateInput>
        <AriaButton className={styles.open ?? ''}>
          <CalendarDays aria-hidden />
        </AriaButton>
      </Group>
      <FieldHelp>{help}</FieldHelp>
      <Popover className={select.popover ?? ''}>
        <Dialog className={styles.dialog ?? ''}>
          <Calendar>
            <header className={styles.header}>
              <AriaButton slot="previous" className={styles.open ?? ''}>
                <ChevronLeft aria-hidden />
              </AriaButton>
              <Heading />
              <AriaButton slot="next" className={styles.open ?? ''}>
                <ChevronRight aria-hidden />
              </AriaButton>
            </header>
            <CalendarGrid className={styles.grid ?? ''}>
              {(date) => <CalendarCell date={date} className={styles.cell ?? ''} />}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
