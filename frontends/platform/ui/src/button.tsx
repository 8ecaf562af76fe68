import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps,
} from 'react-aria-components';
import styles from './button.module.css';
import { classes } from './classes.ts';
import { Hint } from './tooltip.tsx';

/** How much a button asks to be pressed. One primary on a page. */
export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  tone?: ButtonTone;
  size?: 'normal' | 'small' | 'large';
  icon?: ReactNode;
  children: ReactNode;
}

/** Does something. */
export function Button({ tone = 'secondary', size = 'normal', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(styles.button, styles[tone], styles[size])}>
      {icon}
      <span>{children}</span>
    </AriaButton>
  );
}

/** Does something, shown as an icon; its name is read out, and shown as a hint. */
export function IconButton({
  label,
  icon,
  keys,
  size = 'normal',
  ...rest
}: Omit<AriaButtonProps, 'className' | 'style' | 'children'> & {
  label: string;
  icon: ReactNode;
  keys?: string;
  size?: 'normal' | 'small';
}) {
  return (
    <Hint text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes(styles.button, styles.quiet, styles.icon, styles[size])}
      >
        {icon}
      </AriaButton>
    </Hint>
  );
}

/** Goes somewhere, and looks like a button. */
export function LinkButton({
  tone = 'secondary',
  icon,
  children,
  ...rest
}: Omit<LinkProps, 'className' | 'style' | 'children'> & {
  tone?: ButtonTone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <AriaLink {...rest} className={classes(styles.button, styles[tone], styles.normal)}>
      {icon}
      <span>{children}</span>
    </AriaLink>
  );
}

/** Goes to a path of this origin: `/cases/…`. */
export function Link({
  quiet,
  children,
  ...rest
}: Omit<LinkProps, 'className' | 'style' | 'children'> & { quiet?: boolean; children: ReactNode }) {
  return (
    <AriaLink {...rest} className={classes(styles.link, quiet && styles.quietLink)}>
      {children}
    </AriaLink>
  );
}
