import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  type CheckboxProps,
  Radio,
  type RadioGroupProps,
  type SwitchProps,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import styles from './choice.module.css';
import fields from './field.module.css';
import { FieldHelp, FieldLabel } from './field.tsx';
import type { Option } from './select.tsx';

/** Says yes or no to something. */
export function Checkbox({
  children,
  ...rest
}: Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className={styles.choice ?? ''}>
      <span className={styles.box}>
        <Check aria-hidden />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}

/** Turns something on or off, at once. */
export function Switch({
  children,
  ...rest
}: Omit<SwitchProps, 'className' | 'style' | 'children'> & { children: ReactNode }) {
  return (
    <AriaSwitch {...rest} className={styles.choice ?? ''}>
      <span className={styles.track}>
        <span className={styles.thumb} />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  );
}

/** Takes one of two to five things that are all shown. */
export function RadioGroup<Id extends string>({
  label,
  help,
  options,
  onChange,
  ...rest
}: Omit<RadioGroupProps, 'className' | 'style' | 'children' | 'onChange'> & {
  label: string;
  help?: ReactNode;
  options: readonly Option<Id>[];
  onChange?: (value: Id) => void;
}) {
  return (
    <AriaRadioGroup {...rest} onChange={(value) => onChange?.(value as Id)} className={fields.field ?? ''}>
      <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className={styles.choice ?? ''}>
          <span className={styles.dot} />
          <span>
            {option.label}
            {option.detail ? <small className={styles.detail}>{option.detail}</small> : null}
          </span>
        </Radio>
      ))}
      <FieldHelp>{help}</FieldHelp>
    </AriaRadioGroup>
  );
}

/** Narrows what is shown to one of a few things, or to several of them. */
export function FilterBar<Id extends string>({
  label,
  options,
  selected,
  onChange,
  several = false,
}: {
  label: string;
  options: readonly Option<Id>[];
  selected: readonly Id[];
  onChange: (selected: Id[]) => void;
  several?: boolean;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.filters ?? ''}
      selectionMode={several ? 'multiple' : 'single'}
      disallowEmptySelection={!several}
      selectedKeys={selected}
      onSelectionChange={(keys) => onChange([...keys] as Id[])}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className={styles.filter ?? ''}>
          {option.label}
          {option.detail ? <span className={styles.count}>{option.detail}</span> : null}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
