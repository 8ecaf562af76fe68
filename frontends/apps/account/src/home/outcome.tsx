import { Badge, format, LinkButton, Why } from '@app/ui';
import styles from '../account.module.css';
import { Article, useWorth } from '../claims/row.tsx';
import { tones, useNext } from '../claims/state.ts';
import type { OwnClaimFragment, OwnJourneyFragment } from '../gql/graphql.ts';
import { isDisturbed, useHappened, wayOf } from '../happened.ts';
import { useText } from '../text.ts';

/** What happened on a journey, what the customer gets for it with the article in plain words, and how to ask for more. */
export function Outcome({ journey }: { journey: OwnJourneyFragment }) {
  const t = useText();
  const happened = useHappened();
  const flights = wayOf(journey.segments).filter(({ flight }) => isDisturbed(flight));
  const claims = (journey.claims?.nodes ?? []).filter(({ status }) => status !== 'WITHDRAWN');
  const heading = `outcome-${journey.id}`;
  // Under review it is what is at stake, and no promise.
  const isSure = claims.some(({ status }) => ['APPROVED', 'PAYING', 'PAID'].includes(status));
  return (
    <section className={styles.outcome} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{t('outcome')}</h2>
        {flights.map(({ flight }) => (
          <p key={flight.id}>
            {happened(flight)}{' '}
            <span className={styles.quiet}>
              {format.date(flight.scheduledDepartureAt, { timeZone: flight.origin?.timeZone ?? 'UTC' })}
            </span>
          </p>
        ))}
      </header>
      {claims.length > 0 ? (
        <h3>{t(isSure ? 'outcome.get' : 'outcome.may')}</h3>
      ) : (
        <p>{t('outcome.nothing')}</p>
      )}
      {claims.map((claim) => (
        <Grant key={claim.id} claim={claim} />
      ))}
      <div className={styles.choices}>
        <LinkButton
          href={`/account/ask?journey=${journey.id}`}
          tone={claims.length > 0 ? 'secondary' : 'primary'}
        >
          {t(claims.length > 0 ? 'outcome.more' : 'outcome.ask')}
        </LinkButton>
        {journey.order ? (
          <LinkButton href={`/account/trips/${journey.order.id}`} tone="quiet">
            {t('trip.open')}
          </LinkButton>
        ) : null}
      </div>
    </section>
  );
}

/** One thing that the customer gets, or may get: how much, by which law, and what happens next. */
export function Grant({ claim }: { claim: OwnClaimFragment }) {
  const t = useText();
  const next = useNext(claim);
  const worth = useWorth(claim);
  return (
    <article className={styles.grant}>
      <div className={styles.grantHead}>
        <strong className={styles.worth}>{worth ?? t(`kind.${claim.kind}`)}</strong>
        <Badge tone={tones[claim.status]}>{t(`claim.status.${claim.status}`)}</Badge>
      </div>
      <p>{t(`plain.${claim.kind}`)}</p>
      <p className={styles.law}>
        <span>
          <Article claim={claim} />
        </span>
        {claim.trace ? (
          <Why label={t('why.rule')}>
            <p lang="en" dir="ltr">
              {claim.trace.why}
            </p>
          </Why>
        ) : null}
      </p>
      <p className={styles.quiet}>{next}</p>
      <LinkButton
        href={`/account/claims/${claim.id}`}
        tone={claim.status === 'APPROVED' ? 'primary' : 'secondary'}
      >
        {t(claim.status === 'APPROVED' ? 'claim.pay' : 'claim.open')}
      </LinkButton>
    </article>
  );
}
