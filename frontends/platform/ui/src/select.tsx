import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { classes } from './classes.ts';
import fields from './field.module.css';
import { FieldHelp, FieldLabel } from './field.tsx';
import styles from './select.module.css';

/** One of the things that may be chosen. */
export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  detail?: string;
}

/** Takes one of a few things. */
export function Select<Id extends string>({
  label,
  hideLabel,
  help,
  options,
  value,
  onChange,
  ...rest
}: Omit<
  AriaSelectProps<Option<Id>>,
  'className' | 'style' | 'children' | 'value' | 'onChange' | 'onSelectionChange' | 'items'
> & {
  label: string;
  hideLabel?: boolean;
  help?: ReactNode;
  options: readonly Option<Id>[];
  value?: Id | null;
  onChange?: (value: Id) => void;
}) {
  return (
    <AriaSelect
      {...(rest as object)}
      aria-label={hideLabel ? label : undefined}
      className={fields.field ?? ''}
      {...(value !== undefined ? { value } : {})}
      onChange={(key) => onChange?.(key as Id)}
    >
      {hideLabel ? null : <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <AriaButton className={classes(fields.input, styles.button)}>
        <SelectValue className={styles.value ?? ''} />
        <ChevronDown aria-hidden />
      </AriaButton>
      <FieldHelp>{help}</FieldHelp>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={styles.option ?? ''}>
              <span>
                {option.label}
                {option.detail ? <small>{option.detail}</small> : null}
              </span>
              <Check aria-hidden className={styles.check} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
