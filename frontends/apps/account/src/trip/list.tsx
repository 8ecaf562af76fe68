import {
  Badge,
  Card,
  Empty,
  format,
  LinkList,
  Loaded,
  More,
  Page,
  Row,
  Skeleton,
  Stack,
  useGraphPages,
} from '@app/ui';
import { AccountTripsDocument, type TripLineFragment } from '../gql/graphql.ts';
import { cityOf } from '../happened.ts';
import { useText } from '../text.ts';

/** The customer's journeys: those to come, then those that were. */
export function TripListPage() {
  const t = useText();
  const found = useGraphPages(AccountTripsDocument, {}, (data) => data.me?.past?.pageInfo);
  return (
    <Page title={t('nav.trips')} width="narrow">
      <Loaded from={found} skeleton={<Skeleton kind="rows" lines={6} />}>
        {({ pages }) => {
          const upcoming = pages[0]?.me?.upcoming?.nodes ?? [];
          const past = pages.flatMap((page) => page.me?.past?.nodes ?? []);
          if (upcoming.length + past.length === 0) {
            return (
              <Card>
                <Empty title={t('home.quiet')}>{t('home.quiet.text')}</Empty>
              </Card>
            );
          }
          return (
            <Stack>
              {upcoming.length > 0 ? <Trips title={t('trips.upcoming')} trips={upcoming} /> : null}
              {past.length > 0 ? <Trips title={t('trips.past')} trips={past} /> : null}
              <More
                hasMore={found.hasNextPage}
                isLoading={found.isFetchingNextPage}
                onMore={() => void found.fetchNextPage()}
              />
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}

const tones = {
  ON_TIME: 'success',
  DELAYED: 'warning',
  DISRUPTED: 'danger',
  IN_PROGRESS: 'accent',
  COMPLETED: 'neutral',
  CANCELLED: 'danger',
} as const;

function Trips({ title, trips }: { title: string; trips: TripLineFragment[] }) {
  const t = useText();
  return (
    <Card title={title} flush>
      <LinkList
        label={title}
        items={trips.filter(({ order }) => order)}
        itemKey={({ id }) => id}
        href={({ order }) => `/account/trips/${order?.id}`}
      >
        {({ origin, destination, scheduledDepartureAt, status, order }) => (
          <Row
            title={t('trip', { from: cityOf(origin), to: cityOf(destination) })}
            detail={
              <>
                {format.date(scheduledDepartureAt, { timeZone: origin?.timeZone ?? 'UTC', weekday: true })} ·{' '}
                <bdi>{order?.recordLocator}</bdi>
              </>
            }
            end={status ? <Badge tone={tones[status]}>{t(`journey.${status}`)}</Badge> : null}
          />
        )}
      </LinkList>
    </Card>
  );
}
