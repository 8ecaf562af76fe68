import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { useText } from '../text.ts';
import type { Fault } from './problems.tsx';
import styles from './rules.module.css';

/** What the page does with the editor. */
export interface EditorHandle {
  /** Puts the cursor there. */
  go(fault: { line: number; column: number }): void;
}

/** Takes the text of a pack. Lines are counted; those with something wrong are marked. */
export function Editor({
  value,
  onChange,
  faults,
  onCheck,
  handle,
}: {
  value: string;
  onChange: (text: string) => void;
  faults: Fault[];
  /** Ctrl+Enter. */
  onCheck: () => void;
  handle: Ref<EditorHandle>;
}) {
  const t = useText();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  useImperativeHandle(handle, () => ({ go: (fault) => moveTo(area.current, fault) }));
  const wrong = new Map(faults.map((fault) => [fault.line, fault.message]));
  const count = value.split('\n').length;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onCheck();
    }
  };
  return (
    <div className={styles.editor} dir="ltr">
      <div ref={gutter} className={styles.gutter} aria-hidden>
        {Array.from({ length: count }, (_, index) => (
          <span key={index} data-wrong={wrong.has(index + 1) || undefined} title={wrong.get(index + 1)}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        className={styles.area}
        aria-label={t('pack.text')}
        aria-invalid={faults.length > 0}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onKeyDown={keys}
      />
    </div>
  );
}

function moveTo(area: HTMLTextAreaElement | null, { line, column }: { line: number; column: number }): void {
  if (!area) return;
  const before = area.value.split('\n').slice(0, line - 1);
  const begin = before.reduce((sum, text) => sum + text.length + 1, 0);
  const end = area.value.indexOf('\n', begin);
  area.focus();
  area.setSelectionRange(begin + Math.max(0, column - 1), end < 0 ? area.value.length : end);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 6) * height);
}
