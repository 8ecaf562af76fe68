import { can, navigate } from '@app/sdk';
import {
  Button,
  Card,
  type Column,
  Empty,
  FilterBar,
  format,
  IconButton,
  Line,
  Loaded,
  More,
  Page,
  Skeleton,
  Table,
  useCommands,
  useGraphPages,
  useSearch,
} from '@app/ui';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { FlightBoardDocument, type FlightBoardQuery } from '../gql/graphql.ts';
import { FlightState } from '../state.tsx';
import { useText } from '../text.ts';
import styles from './board.module.css';

type Found = FlightBoardQuery['flights']['nodes'][number];

const today = () => new Date().toISOString().slice(0, 10);

/** What flies on a day. The day and the choice stand in the address, so that a board can be sent to somebody. */
export function BoardPage() {
  const t = useText();
  const search = useSearch();
  const day = search.get('day') ?? today();
  const shown = search.get('show') === 'disrupted' ? 'disrupted' : 'all';
  const found = useGraphPages(
    FlightBoardDocument,
    {
      filter: {
        departsOn: day,
        ...(shown === 'disrupted' ? { status: ['DELAYED', 'CANCELLED', 'DIVERTED'] } : {}),
      },
      withCases: can('case:read'),
      withExposure: can('exposure:read'),
    },
    (data) => data.flights.pageInfo,
  );
  const go = (to: { day?: string; show?: string }) => {
    const query = new URLSearchParams({ day, show: shown, ...to });
    navigate(`/flights?${query}`, { replace: true });
  };
  const by = (days: number) =>
    go({ day: new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) });
  useCommands('board', [
    { id: 'previous', label: t('day.previous'), keys: '[', run: () => by(-1) },
    { id: 'next', label: t('day.next'), keys: ']', run: () => by(1) },
    { id: 'today', label: t('day.today'), keys: 't', run: () => go({ day: today() }) },
  ]);
  return (
    <Page title={t('board')} width="full" meta={format.date(day, { weekday: true })}>
      <Line spread>
        <FilterBar
          label={t('show')}
          options={(['all', 'disrupted'] as const).map((id) => ({ id, label: t(`show.${id}`) }))}
          selected={[shown]}
          onChange={([next]) => go({ show: next ?? 'all' })}
        />
        <Line>
          <span className={styles.step}>
            <IconButton
              label={t('day.previous')}
              keys="["
              icon={<ChevronLeft aria-hidden />}
              onPress={() => by(-1)}
            />
          </span>
          <Button onPress={() => go({ day: today() })}>{t('day.today')}</Button>
          <span className={styles.step}>
            <IconButton
              label={t('day.next')}
              keys="]"
              icon={<ChevronRight aria-hidden />}
              onPress={() => by(1)}
            />
          </span>
        </Line>
      </Line>
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={12} />}>
          {({ pages }) => <Board flights={pages.flatMap((page) => page.flights.nodes)} />}
        </Loaded>
        <More
          hasMore={found.hasNextPage}
          isLoading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
    </Page>
  );
}

function Board({ flights }: { flights: Found[] }) {
  const t = useText();
  if (flights.length === 0) return <Empty title={t('board.none')}>{t('board.none.text')}</Empty>;
  const place = (airport: Found['origin']) => airport?.city ?? airport?.iataCode;
  const columns: Column<Found>[] = [
    { id: 'flight', label: t('flight'), cell: (one) => <bdi>{one.designator}</bdi> },
    {
      id: 'departure',
      label: t('departure'),
      cell: (one) => (
        <span className={styles.times}>
          <span>{format.time(one.scheduledDepartureAt, one.origin?.timeZone)}</span>
          {one.estimatedDepartureAt && one.departureDelayMinutes ? (
            <strong>{format.time(one.estimatedDepartureAt, one.origin?.timeZone)}</strong>
          ) : null}
        </span>
      ),
    },
    {
      id: 'route',
      label: t('route'),
      cell: (one) => (
        <span className={styles.route}>
          {place(one.origin)} <span aria-hidden>–</span> {place(one.destination)}{' '}
          <small>
            <bdi>
              {one.origin?.iataCode}–{one.destination?.iataCode}
            </bdi>
          </small>
        </span>
      ),
    },
    { id: 'status', label: t('status'), cell: (one) => <FlightState flight={one} /> },
    { id: 'gate', label: t('gate'), isSecondary: true, cell: (one) => one.gate },
    {
      id: 'passengers',
      label: t('passengers'),
      align: 'end',
      isSecondary: true,
      cell: (one) => (one.incident?.affectedPassengers ? format.number(one.incident.affectedPassengers) : ''),
    },
    {
      id: 'exposure',
      label: t('exposure'),
      align: 'end',
      isSecondary: true,
      cell: (one) =>
        one.exposure?.openAmounts.map((amount) => format.money(amount, { whole: true })).join(', '),
    },
  ];
  return (
    <Table
      label={t('board')}
      columns={columns}
      items={flights}
      itemKey={({ id }) => id}
      href={({ id }) => `/flights/${id}`}
    />
  );
}
