import type { ReactElement } from 'react';
import { OverlayArrow, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './tooltip.module.css';

/** Shows the name of the button inside it while the pointer or the focus rests there. */
export function Hint({
  text,
  keys,
  children,
}: {
  text: string;
  keys?: string | undefined;
  children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        <OverlayArrow />
        {text}
        {keys ? <kbd className={styles.keys}>{keys}</kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
