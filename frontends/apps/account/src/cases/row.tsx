import { Badge, format, Row, type Tone } from '@app/ui';
import type { CaseLineFragment, CaseStatus } from '../gql/graphql.ts';
import { useText } from '../text.ts';

/** How the customer sees the state of a case: who has to do something. */
export type Turn = 'ours' | 'yours' | 'done';

/** Whose turn it is. */
export function turnOf(status: CaseStatus): Turn {
  if (status === 'PENDING_CUSTOMER') return 'yours';
  const over: CaseStatus[] = ['RESOLVED', 'CLOSED', 'MERGED', 'WITHDRAWN', 'REJECTED_SPAM'];
  return over.includes(status) ? 'done' : 'ours';
}

/** The colour of each turn. */
export const turnTones: Record<Turn, Tone> = { ours: 'accent', yours: 'warning', done: 'neutral' };

/** A case in a line. */
export function CaseRow({ one }: { one: CaseLineFragment }) {
  const t = useText();
  const turn = turnOf(one.status);
  return (
    <Row
      title={<bdi>{one.subject}</bdi>}
      detail={
        <>
          <bdi>{one.reference}</bdi> · {t(`type.${one.type}`)} · {format.relative(one.updatedAt)}
        </>
      }
      end={<Badge tone={turnTones[turn]}>{t(`turn.${turn}`)}</Badge>}
    />
  );
}
