import { Card, type Column, Empty, format, Loaded, Page, Skeleton, Table, useGraph } from '@app/ui';
import { RulePackListDocument, type RulePackListQuery } from '../gql/graphql.ts';
import { Places } from '../sections.tsx';
import { useText } from '../text.ts';
import styles from './rules.module.css';
import { PackState, useDays } from './state.tsx';

type Pack = NonNullable<RulePackListQuery['rulePacks']>[number];

/** The bodies of law, with the version of each that answers today. */
export default function RulePackListPage() {
  const t = useText();
  const asked = useGraph(RulePackListDocument, {});
  return (
    <Page title={t('rules')} width="full" answer={useWaiting(asked.data?.rulePacks ?? [])}>
      <Places current="rules" />
      <Card flush>
        <Loaded from={asked} skeleton={<Skeleton kind="rows" lines={7} />}>
          {({ rulePacks }) => <Packs packs={rulePacks ?? []} />}
        </Loaded>
      </Card>
    </Page>
  );
}

function useWaiting(packs: Pack[]): string | null {
  const t = useText();
  const versions = packs.flatMap((pack) => pack.versions);
  if (versions.length === 0) return null;
  const waiting = versions.filter(({ status }) => status === 'SUBMITTED').length;
  const ready = versions.filter(({ status }) => status === 'APPROVED').length;
  return t('packs.now', { waiting, ready });
}

function Packs({ packs }: { packs: Pack[] }) {
  const t = useText();
  const days = useDays();
  if (packs.length === 0) return <Empty title={t('packs.none')} />;
  const columns: Column<Pack>[] = [
    {
      id: 'pack',
      label: t('pack'),
      cell: (pack) => (
        <span className={styles.words}>
          <bdi>{pack.id}</bdi>
          <small dir="auto">{pack.title}</small>
        </span>
      ),
    },
    {
      id: 'active',
      label: t('pack.active'),
      cell: (pack) => {
        const active = pack.versions.find(({ status }) => status === 'ACTIVE') ?? pack.versions[0];
        return active ? (
          <span className={styles.words}>
            <span>
              {t('version', { version: active.version })} <PackState status={active.status} />
            </span>
            <small>{days(active)}</small>
          </span>
        ) : null;
      },
    },
    {
      id: 'versions',
      label: t('versions'),
      align: 'end',
      isSecondary: true,
      cell: (pack) => format.number(pack.versions.length),
    },
    {
      id: 'newest',
      label: t('pack.newest'),
      isSecondary: true,
      cell: ({ versions: [newest] }) =>
        newest ? (
          <span>
            {t('version', { version: newest.version })} <PackState status={newest.status} />
          </span>
        ) : null,
    },
  ];
  return (
    <Table
      label={t('rules')}
      columns={columns}
      items={packs}
      itemKey={({ id }) => id}
      href={({ id }) => `/claims/rules/${encodeURIComponent(id)}`}
    />
  );
}
