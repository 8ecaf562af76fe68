import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import styles from './masked.module.css';
import { useOwnText } from './text.tsx';

/**
 * A personal value, hidden until somebody asks for it.
 *
 * @param masked enough to recognise it by: `a•••@e•••.com`
 * @param reveal gets the value whole; without it, it stays hidden
 */
export function Masked({
  masked,
  label,
  reveal,
}: {
  masked: string;
  label: string;
  reveal?: () => Promise<string | null>;
}) {
  const t = useOwnText();
  const [value, setValue] = useState<string | null>(null);
  const toggle = async () => setValue(value === null ? ((await reveal?.()) ?? null) : null);
  return (
    <span className={styles.masked}>
      <bdi className={styles.value}>{value ?? masked}</bdi>
      {reveal ? (
        <IconButton
          size="small"
          label={`${value === null ? t('reveal') : t('hide')}: ${label}`}
          icon={value === null ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          onPress={() => void toggle()}
        />
      ) : null}
    </span>
  );
}
