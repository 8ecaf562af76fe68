import { Badge, format, Status, type Tone } from '@app/ui';
import type { CasePriority } from './gql/graphql.ts';
import { useText } from './text.ts';

const soon = 4 * 60;

/** How much time is left to answer. */
export function Clock({ targetAt, isOpen }: { targetAt: string; isOpen: boolean }) {
  const t = useText();
  if (!isOpen) return null;
  const minutes = (new Date(targetAt).getTime() - Date.now()) / 60_000;
  const time = format.duration(minutes);
  if (minutes < 0) return <Status tone="danger">{t('clock.late', { time })}</Status>;
  return <Status tone={minutes < soon ? 'warning' : 'neutral'}>{t('clock.left', { time })}</Status>;
}

const tones: Record<CasePriority, Tone> = { P1: 'danger', P2: 'warning', P3: 'accent', P4: 'neutral' };

/** How urgent a case is. */
export function Priority({ priority, isOpen = true }: { priority: CasePriority; isOpen?: boolean }) {
  return <Badge tone={isOpen ? tones[priority] : 'neutral'}>{priority}</Badge>;
}
