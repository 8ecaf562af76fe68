import { Card, format, Skeleton } from '@app/ui';
import { Grid } from '@app/ui/grid';
import { lazy, Suspense, useMemo } from 'react';
import { useText } from './text.ts';

const Charts = lazy(() => import('./charts.tsx'));

/** Tables and charts. */
export function Numbers() {
  const t = useText();
  const rows = useMemo(() => Array.from({ length: 50_000 }, (_, index) => index + 1), []);
  return (
    <>
      <Card title={t('grid')} flush>
        <Grid
          label={t('grid')}
          height="360px"
          items={rows}
          columns={[
            {
              id: 'number',
              label: t('number'),
              align: 'end',
              width: '90px',
              cell: (row) => format.number(row),
            },
            { id: 'flight', label: t('board'), width: '120px', cell: (row) => `EK ${1 + (row % 999)}` },
            { id: 'route', label: t('route'), width: '1fr', cell: () => 'DXB – LHR' },
            {
              id: 'passengers',
              label: t('passengers'),
              align: 'end',
              width: '120px',
              cell: (row) => 180 + (row % 300),
            },
            {
              id: 'amount',
              label: t('amount'),
              align: 'end',
              width: '160px',
              cell: (row) =>
                format.money({ amountMinor: (row % 900) * 60000, currency: 'EUR' }, { whole: true }),
            },
          ]}
        />
      </Card>
      <Card title={t('charts')}>
        <Suspense fallback={<Skeleton kind="card" lines={1} />}>
          <Charts />
        </Suspense>
      </Card>
    </>
  );
}
