import { Badge, format, Row } from '@app/ui';
import type { OwnClaimFragment } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { tones } from './state.ts';

/** A claim in a line. */
export function ClaimRow({ claim }: { claim: OwnClaimFragment }) {
  const t = useText();
  const worth = useWorth(claim);
  const { flight, filing } = claim;
  const about = filing ? t(`incident.${filing.incident}`) : t(`kind.${claim.kind}`);
  return (
    <Row
      title={worth ?? about}
      detail={[
        worth ? about : null,
        flight ? `${flight.designator} · ${format.date(flight.departsOn)}` : null,
      ]
        .filter(Boolean)
        .join(' · ')}
      end={<Badge tone={tones[claim.status]}>{t(`claim.status.${claim.status}`)}</Badge>}
    />
  );
}

/** The amount or the miles of a claim; null where none is known. */
export function useWorth({ amount, miles }: Pick<OwnClaimFragment, 'amount' | 'miles'>): string | null {
  const t = useText();
  if (amount) return format.money(amount);
  return miles ? t('miles', { count: miles }) : null;
}

/** The law behind a claim, with its article. */
export function Article({ claim }: { claim: Pick<OwnClaimFragment, 'regime' | 'basis'> }) {
  const t = useText();
  if (!claim.regime) return t('law.none');
  return (
    <>
      {t(`law.${claim.regime}`)}
      {claim.basis ? (
        <>
          {' · '}
          <bdi lang="en">{claim.basis}</bdi>
        </>
      ) : null}
    </>
  );
}
