import { Card, Empty, format, PlainList, Row } from '@app/ui';
import { useText } from '../text.ts';
import type { Flight } from './page.tsx';

/** What was recorded of the flight, newest first. */
export function Events({ flight }: { flight: Flight }) {
  const t = useText();
  const events = flight.events.nodes;
  return (
    <Card title={t('events')} flush>
      {events.length === 0 ? (
        <Empty title={t('events.none')} size="small" />
      ) : (
        <PlainList label={t('events')} items={events} itemKey={({ id }) => id}>
          {(event) => (
            <Row
              title={t(`event.${event.kind}`)}
              detail={[event.cause && `${event.cause.code} ${event.cause.meaning}`, event.actor]
                .filter(Boolean)
                .join(' · ')}
              end={format.dateTime(event.recordedAt)}
            />
          )}
        </PlainList>
      )}
    </Card>
  );
}
