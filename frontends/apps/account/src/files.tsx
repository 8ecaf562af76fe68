import { FileButton, IconButton, Line } from '@app/ui';
import { FileText, Paperclip, X } from 'lucide-react';
import { useState } from 'react';
import styles from './account.module.css';
import { accepted, type Prepared, prepare, type Unfit } from './evidence.ts';
import { useText } from './text.ts';

/** How many files go with one claim at a time. */
const most = 5;

/** Takes receipts and photographs, and makes them small enough to be sent. */
export function Files({ files, onChange }: { files: Prepared[]; onChange: (files: Prepared[]) => void }) {
  const t = useText();
  const [unfit, setUnfit] = useState<Unfit | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = async (chosen: File[]) => {
    setBusy(true);
    setUnfit(null);
    const prepared = await Promise.all(chosen.slice(0, most - files.length).map(prepare));
    onChange([...files, ...prepared.filter((one) => typeof one !== 'string')]);
    setUnfit(prepared.find((one) => typeof one === 'string') ?? null);
    setBusy(false);
  };
  return (
    <div className={styles.files}>
      <Line>
        <FileButton
          types={accepted.split(',')}
          icon={<Paperclip aria-hidden />}
          isPending={isBusy}
          isDisabled={files.length >= most}
          onChoose={(chosen) => void take(chosen)}
        >
          {t('files.add')}
        </FileButton>
        <span className={styles.quiet}>{t('files.help')}</span>
      </Line>
      {unfit ? (
        <p className={styles.problem} role="alert">
          {t(`files.${unfit}`)}
        </p>
      ) : null}
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <FileText aria-hidden />
            <bdi>{file.name}</bdi>
            <IconButton
              size="small"
              label={t('files.remove', { name: file.name })}
              icon={<X aria-hidden />}
              onPress={() => onChange(files.filter(({ id }) => id !== file.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
