import { GraphError } from '@app/sdk';
import { CircleAlert, Inbox, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './button.tsx';
import styles from './states.module.css';
import { useOwnText } from './text.tsx';

/** Nothing is here yet: says why, and what can be done. */
export function Empty({
  title,
  children,
  action,
  size = 'normal',
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Beside other things, one line is enough. */
  size?: 'normal' | 'small';
}) {
  if (size === 'small') return <p className={styles.line}>{title}</p>;
  return (
    <div className={styles.state}>
      <Inbox aria-hidden />
      <p className={styles.title}>{title}</p>
      {children ? <p className={styles.text}>{children}</p> : null}
      {action}
    </div>
  );
}

/** Something could not be had: says what to do next. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useOwnText();
  const known = error instanceof GraphError ? error : null;
  const text = (() => {
    switch (known?.code) {
      case 'OFFLINE':
        return t('failed.offline');
      case 'FORBIDDEN':
      case 'UNAUTHENTICATED':
        return t('failed.refused');
      case 'TIMEOUT':
        return t('failed.timeout');
      case 'BAD_USER_INPUT':
        return known.message;
      default:
        return t('failed.text');
    }
  })();
  return (
    <div className={styles.state} role="alert">
      {known?.code === 'OFFLINE' ? <WifiOff aria-hidden /> : <CircleAlert aria-hidden />}
      <p className={styles.title}>{t('failed.title')}</p>
      <p className={styles.text}>{text}</p>
      {onRetry ? <Button onPress={onRetry}>{t('failed.retry')}</Button> : null}
      {known?.requestId ? (
        <p className={styles.code}>{t('failed.code', { code: known.code, request: known.requestId })}</p>
      ) : null}
    </div>
  );
}

/** The shape of what comes, shown when it takes longer than 300 ms. */
export function Skeleton({ lines = 3, kind = 'text' }: { lines?: number; kind?: 'text' | 'rows' | 'card' }) {
  const t = useOwnText();
  const isLate = useLate(300);
  return (
    <div
      className={styles.skeleton}
      data-kind={kind}
      data-late={isLate || undefined}
      role="status"
      aria-label={t('loading')}
    >
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}

/** Whether something takes longer than so many milliseconds. */
export function useLate(milliseconds: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return isLate;
}

interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** What a request came to: the shape of it, the failure, or the thing itself. */
export function Loaded<Data>({
  from,
  skeleton,
  children,
}: {
  from: Asked<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (from.data !== undefined) return <>{children(from.data)}</>;
  if (from.error) return <Failed error={from.error} onRetry={() => void from.refetch()} />;
  return <>{skeleton ?? <Skeleton />}</>;
}
