import { can } from '@app/sdk';
import { Badge, Button, Card, format, Line, Link, Masked } from '@app/ui';
import { useState } from 'react';
import { useText } from '../text.ts';
import styles from './order.module.css';
import type { Order } from './page.tsx';
import { Seat } from './seat.tsx';

type Passenger = NonNullable<Order['passengers']>[number];

/** A passenger's place on one flight of the order. */
export type Place = NonNullable<NonNullable<Order['journeys']>[number]['segments']>[number];

/** Who travels: with their seats, tickets and bags, and what each of them is owed. */
export function Passengers({ order }: { order: Order }) {
  const t = useText();
  const passengers = order.passengers ?? [];
  return (
    <Card title={t('passengers')} count={format.number(passengers.length)} flush>
      <ul>
        {passengers.map((passenger) => (
          <One key={passenger.id} passenger={passenger} order={order} />
        ))}
      </ul>
    </Card>
  );
}

function One({ passenger, order }: { passenger: Passenger; order: Order }) {
  const t = useText();
  const own = <Item extends { passenger: { id: string } | null }>(items: Item[] | null): Item[] =>
    (items ?? []).filter((item) => item.passenger?.id === passenger.id);
  const name = `${passenger.givenName} ${passenger.familyName}`;
  const claims = (order.claims?.nodes ?? []).filter(({ passengerId }) => passengerId === passenger.id);
  return (
    <li className={styles.passenger}>
      <Line spread>
        <Line>
          {passenger.customer ? (
            <Link href={`/customers/${passenger.customer.id}`}>{name}</Link>
          ) : (
            <strong>{name}</strong>
          )}
          <Badge>{t(`passenger.${passenger.kind}`)}</Badge>
          {passenger.hasSeat ? null : <Badge tone="warning">{t('passenger.noSeat')}</Badge>}
        </Line>
        <Line>
          {claims.map((claim) => (
            <Link key={claim.id} href={`/claims/${claim.id}`}>
              {claim.amount ? format.money(claim.amount) : t('claim')}, {t(`claim.${claim.status}`)}
            </Link>
          ))}
        </Line>
      </Line>
      <Places places={own((order.journeys ?? []).flatMap(({ segments }) => segments ?? []))} order={order} />
      {own(order.tickets).map((ticket) => (
        <Line key={ticket.id}>
          <span className={styles.quiet}>{t('ticket')}</span>
          <Masked
            label={t('ticket')}
            masked={`•••• ${ticket.number.slice(-4)}`}
            reveal={() => Promise.resolve(ticket.number)}
          />
          {ticket.coupons.map((coupon) => (
            <Badge key={coupon.number}>{t(`coupon.${coupon.status}`)}</Badge>
          ))}
        </Line>
      ))}
      {own(order.bagTags).map((bag) => (
        <Line key={bag.id}>
          <span className={styles.quiet}>{t('bag')}</span>
          <bdi>{bag.number}</bdi>
          <span className={styles.quiet}>
            {format.number(bag.weightKg, { style: 'unit', unit: 'kilogram' })}
          </span>
        </Line>
      ))}
    </li>
  );
}

function Places({ places, order }: { places: Place[]; order: Order }) {
  const t = useText();
  const [moving, setMoving] = useState<Place | null>(null);
  return (
    <ul className={styles.places}>
      {places.map((place) => (
        <li key={place.id}>
          <span>
            <bdi>{place.flight?.designator}</bdi>
          </span>
          <span>{t(`cabin.${place.cabin}`)}</span>
          <span className={styles.quiet}>
            <bdi>{[place.bookingClass, place.fareBasis].filter(Boolean).join(' · ')}</bdi>
          </span>
          <span>{t(`travel.${place.travelStatus}`)}</span>
          <span className={styles.seat}>
            {place.seat ? <bdi>{t('seat', { seat: place.seat })}</bdi> : t('seat.none')}
            {can('order:write') && order.status === 'OPEN' && isAhead(place) ? (
              <Button size="small" tone="quiet" onPress={() => setMoving(place)}>
                {t('seat.change')}
              </Button>
            ) : null}
          </span>
        </li>
      ))}
      {moving ? <Seat order={order} place={moving} onClose={() => setMoving(null)} /> : null}
    </ul>
  );
}

function isAhead({ flight }: Place): boolean {
  return flight !== undefined && (flight?.status === 'SCHEDULED' || flight?.status === 'DELAYED');
}
