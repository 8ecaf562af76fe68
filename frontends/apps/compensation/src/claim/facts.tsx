import { Card, Facts as FactList, format } from '@app/ui';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

/** The facts that the decision rests on. What nobody knows says so. */
export function Facts({ claim }: { claim: Claim }) {
  const t = useText();
  const { filing } = claim;
  return (
    <>
      {filing ? (
        <Card title={t('filing')}>
          <FactList
            items={[
              { name: t('filing.what'), value: t(`incident.${filing.incident}`) },
              { name: t('fact.day'), value: format.date(filing.incidentOn) },
              {
                name: t('filing.asked'),
                value: filing.claimedAmount ? format.money(filing.claimedAmount) : null,
              },
              { name: t('filing.at'), value: format.dateTime(filing.filedAt) },
              ...(filing.filedBy ? [{ name: t('filing.by'), value: filing.filedBy }] : []),
              { name: t('filing.words'), value: <span dir="auto">{filing.statement}</span> },
            ]}
          />
        </Card>
      ) : null}
      {claim.disruption ? (
        <Card title={t('facts')}>
          <FactList items={useFacts(claim)} columns={2} />
        </Card>
      ) : null}
    </>
  );
}

function useFacts(claim: Claim): { name: string; value: ReactNode }[] {
  const t = useText();
  const { disruption, flight, order, journey, trace } = claim;
  if (!disruption) return [];
  const delay = disruption.arrivalDelayMinutes;
  const place = (airport: { iataCode: string; city?: string | null; country?: string } | null | undefined) =>
    airport
      ? `${airport.city ?? airport.iataCode}${airport.country ? `, ${format.country(airport.country)}` : ''}`
      : null;
  const way =
    journey?.origin && journey.destination
      ? t('way', { from: place(journey.origin), to: place(journey.destination) })
      : null;
  const passenger = order?.passengers?.find(({ id }) => id === claim.passengerId);
  return [
    { name: t('fact.kind'), value: t(`disruption.${disruption.kind}`) },
    { name: t('fact.day'), value: format.date(disruption.incidentOn) },
    { name: t('fact.delay'), value: delay === null ? null : format.duration(delay) },
    { name: t('fact.cause'), value: causeOf(disruption.causeCode, flight?.cause) },
    ...(way ? [{ name: t('fact.way'), value: way }] : []),
    {
      name: t('fact.distance'),
      value: trace?.distanceKm
        ? format.number(trace.distanceKm, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 })
        : null,
    },
    ...(passenger
      ? [
          {
            name: t('fact.passenger'),
            value: `${passenger.givenName} ${passenger.familyName}, ${t(`passenger.${passenger.kind}`)}`,
          },
        ]
      : []),
    ...(order
      ? [
          { name: t('fact.fare'), value: `${format.money(order.total)}, ${t(`fare.${order.fareKind}`)}` },
          { name: t('fact.paid'), value: t(`payment.${order.paymentMethod}`) },
        ]
      : []),
    { name: t('fact.reported'), value: format.dateTime(disruption.reportedAt) },
  ];
}

function causeOf(
  code: string | null,
  cause: { code: string; meaning: string } | null | undefined,
): ReactNode {
  if (cause) return <bdi>{`${cause.code}: ${cause.meaning}`}</bdi>;
  return code;
}
