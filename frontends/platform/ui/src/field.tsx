import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './field.module.css';
import { useOwnText } from './text.tsx';

/** The name of a field, and whether it has to be filled. */
export function FieldLabel({
  children,
  isRequired,
}: {
  children: ReactNode;
  isRequired?: boolean | undefined;
}) {
  const t = useOwnText();
  return (
    <Label className={styles.label ?? ''}>
      {children}
      {isRequired ? <span className={styles.required}> ({t('required')})</span> : null}
    </Label>
  );
}

/** What helps to fill a field, and what is wrong with it. */
export function FieldHelp({ children }: { children?: ReactNode }) {
  return (
    <>
      {children ? (
        <Text slot="description" className={styles.help ?? ''}>
          {children}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ''} />
    </>
  );
}

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  help?: ReactNode;
  placeholder?: string;
  /** More lines than one. */
  rows?: number;
  inputRef?: Ref<HTMLInputElement>;
}

/** Takes a text. */
export function TextField({ label, help, placeholder, rows, inputRef, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} className={styles.field ?? ''}>
      <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>
      {rows ? (
        <AriaTextArea
          className={classes(styles.input, styles.area)}
          rows={rows}
          placeholder={placeholder ?? ''}
        />
      ) : (
        <Input className={styles.input ?? ''} placeholder={placeholder ?? ''} ref={inputRef ?? null} />
      )}
      <FieldHelp>{help}</FieldHelp>
    </AriaTextField>
  );
}

/** Takes what is looked for. */
export function SearchField({
  label,
  placeholder,
  inputRef,
  ...rest
}: Omit<AriaSearchFieldProps, 'className' | 'style' | 'children'> & {
  label: string;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
}) {
  const t = useOwnText();
  return (
    <AriaSearchField {...rest} aria-label={label} className={styles.search ?? ''}>
      <Search aria-hidden className={styles.searchIcon} />
      <Input
        className={classes(styles.input, styles.searchInput)}
        placeholder={placeholder ?? label}
        ref={inputRef ?? null}
      />
      <AriaButton className={styles.clear ?? ''} aria-label={t('search.clear')}>
        <X aria-hidden />
      </AriaButton>
    </AriaSearchField>
  );
}
