import {
  Badge,
  Button,
  Card,
  Empty,
  Facts,
  format,
  LinkButton,
  Loaded,
  Page,
  Skeleton,
  useGraph,
} from '@app/ui';
import { useState } from 'react';
import styles from '../account.module.css';
import { AccountTripDocument, type AccountTripQuery } from '../gql/graphql.ts';
import { isDisturbed, isGivenUp, wayOf } from '../happened.ts';
import { Outcome } from '../home/outcome.tsx';
import { useText } from '../text.ts';
import { CancelTrip } from './cancel.tsx';
import { Trip } from './card.tsx';
import { Seats } from './seats.tsx';

/** A booking, as this page asks for it. */
export type Booking = NonNullable<AccountTripQuery['order']>;

/** One booking: its journeys, what happened on them, and what can be changed. */
export function TripPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(AccountTripDocument, { id }, { refetchInterval: 30_000 });
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('booking')} width="narrow">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ order }) => (order ? <Whole booking={order} /> : <Missing />)}
    </Loaded>
  );
}

function Missing() {
  const t = useText();
  return (
    <Page title={t('booking')} width="narrow" crumbs={[{ label: t('nav.trips'), href: '/account/trips' }]}>
      <Card>
        <Empty title={t('booking.missing')}>{t('booking.missing.text')}</Empty>
      </Card>
    </Page>
  );
}

/** Whether a flight has not left: what is ahead can be changed. */
export function isAhead({ status, scheduledDepartureAt }: { status: string; scheduledDepartureAt: string }) {
  return (
    (status === 'SCHEDULED' || status === 'DELAYED') && new Date(scheduledDepartureAt).getTime() > Date.now()
  );
}

function Whole({ booking }: { booking: Booking }) {
  const t = useText();
  const [isCancelling, setCancelling] = useState(false);
  const journeys = booking.journeys ?? [];
  const flights = journeys.flatMap(({ segments }) => wayOf(segments));
  const canChange = booking.status === 'OPEN' && flights.some(({ flight }) => isAhead(flight));
  const canAsk = flights.some(({ flight }) => !isAhead(flight));
  return (
    <Page
      title={t('booking.title', { locator: booking.recordLocator })}
      documentTitle={t('booking')}
      crumbs={[{ label: t('nav.trips'), href: '/account/trips' }]}
      meta={
        <Badge tone={booking.status === 'CANCELLED' ? 'danger' : 'neutral'}>
          {t(`booking.${booking.status}`)}
        </Badge>
      }
      width="narrow"
    >
      {journeys.map((journey) => (
        <Trip key={journey.id} journey={journey} isOpen />
      ))}
      {journeys
        .filter(
          (journey) =>
            !isGivenUp(journey) && wayOf(journey.segments).some(({ flight }) => isDisturbed(flight)),
        )
        .map((journey) => (
          <Outcome key={journey.id} journey={journey} />
        ))}
      {canChange ? <Seats booking={booking} /> : null}
      <Paid booking={booking} />
      <div className={styles.choices}>
        {canAsk ? <LinkButton href="/account/ask">{t('ask')}</LinkButton> : null}
        <LinkButton href={`/account/cases/new?order=${booking.id}`}>{t('booking.write')}</LinkButton>
        {canChange ? (
          <Button tone="quiet" onPress={() => setCancelling(true)}>
            {t('cancel')}
          </Button>
        ) : null}
      </div>
      {isCancelling ? <CancelTrip booking={booking} onClose={() => setCancelling(false)} /> : null}
    </Page>
  );
}

function Paid({ booking }: { booking: Booking }) {
  const t = useText();
  const tags = booking.bagTags ?? [];
  return (
    <Card title={t('booking.facts')}>
      <Facts
        items={[
          { name: t('booking.placed'), value: format.date(booking.placedAt) },
          { name: t('booking.total'), value: format.money(booking.total) },
          ...(booking.refund.amountMinor > 0
            ? [{ name: t('booking.refund'), value: format.money(booking.refund) }]
            : []),
          ...(tags.length > 0
            ? [
                {
                  name: t('bags'),
                  value: tags.map((tag) => (
                    <div key={tag.id}>
                      <bdi>{tag.number}</bdi> ·{' '}
                      {format.number(tag.weightKg, { style: 'unit', unit: 'kilogram' })}
                    </div>
                  )),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
