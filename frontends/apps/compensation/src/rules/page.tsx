import { can, navigate } from '@app/sdk';
import {
  Badge,
  Banner,
  Card,
  Columns,
  Facts,
  format,
  LinkList,
  Loaded,
  Page,
  Row,
  Skeleton,
  Tabs,
  useGraph,
  useSearch,
} from '@app/ui';
import { RulePackPageDocument, type RulePackPageQuery } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { PackActs } from './acts.tsx';
import { Reader } from './reader.tsx';
import { Simulation } from './simulation.tsx';
import { PackState, useDays } from './state.tsx';

/** A pack with its versions, as this page asks for it. */
export type Pack = NonNullable<RulePackPageQuery['rulePack']>;

/** One version of it. */
export type Version = Pack['versions'][number];

/** One body of law: its versions, the text of one of them, and what it would change. */
export default function RulePackPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(RulePackPageDocument, { id });
  const wanted = Number(useSearch().get('version'));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={id}>
          <Skeleton kind="card" lines={6} />
        </Page>
      }
    >
      {({ rulePack: pack }) => {
        const shown =
          pack?.versions.find(({ version }) => version === wanted) ??
          pack?.versions.find(({ status }) => status === 'ACTIVE') ??
          pack?.versions[0];
        return pack && shown ? (
          <Whole pack={pack} shown={shown} />
        ) : (
          <Page title={t('packs.none')} crumbs={[{ label: t('rules'), href: '/claims/rules' }]}>
            {null}
          </Page>
        );
      }}
    </Loaded>
  );
}

function Whole({ pack, shown }: { pack: Pack; shown: Version }) {
  const t = useText();
  const days = useDays();
  return (
    <Page
      title={shown.title}
      documentTitle={pack.id}
      crumbs={[{ label: t('rules'), href: '/claims/rules' }]}
      meta={
        <>
          <Badge>
            <bdi>{pack.id}</bdi>
          </Badge>
          <Badge>{t('version', { version: shown.version })}</Badge>
          <PackState status={shown.status} />
        </>
      }
      actions={can('rule:write') || can('rule:approve') ? <PackActs pack={pack} version={shown} /> : null}
      answer={t(`pack.now.${shown.status}`, { days: days(shown) })}
    >
      <Columns aside={<Aside pack={pack} shown={shown} />}>
        {shown.note ? (
          <Banner title={t('pack.note')}>
            <span dir="auto">{shown.note}</span>
          </Banner>
        ) : null}
        <Tabs
          label={pack.id}
          views={[
            { id: 'text', label: t('pack.text'), content: <Reader text={shown.text} /> },
            {
              id: 'simulation',
              label: t('simulation'),
              content: <Simulation key={shown.id} version={shown} />,
            },
          ]}
        />
      </Columns>
    </Page>
  );
}

function Aside({ pack, shown }: { pack: Pack; shown: Version }) {
  const t = useText();
  const days = useDays();
  const at = (name: string, value: string | null) => (value ? [{ name, value: format.dateTime(value) }] : []);
  return (
    <>
      <Card title={t('versions')} count={format.number(pack.versions.length)} flush>
        <LinkList
          label={t('versions')}
          items={pack.versions}
          itemKey={({ id }) => id}
          href={({ version }) => `/claims/rules/${encodeURIComponent(pack.id)}?version=${version}`}
          isSelected={({ id }) => id === shown.id}
        >
          {(one) => (
            <Row
              title={t('version', { version: one.version })}
              detail={days(one)}
              end={<PackState status={one.status} />}
            />
          )}
        </LinkList>
      </Card>
      <Card title={t('pack.record')}>
        <Facts
          items={[
            { name: t('pack.days'), value: days(shown) },
            { name: t('pack.author'), value: <bdi>{shown.author}</bdi> },
            {
              name: t('pack.approver'),
              value: shown.approver ? <bdi>{shown.approver}</bdi> : t('pack.approver.none'),
            },
            ...at(t('pack.createdAt'), shown.createdAt),
            ...at(t('pack.submittedAt'), shown.submittedAt),
            ...at(t('pack.approvedAt'), shown.approvedAt),
            ...at(t('pack.activatedAt'), shown.activatedAt),
            ...at(t('pack.retiredAt'), shown.retiredAt),
            { name: t('pack.sha'), value: <bdi>{shown.sha256.slice(0, 16)}…</bdi> },
          ]}
        />
      </Card>
    </>
  );
}

/** Goes to the editor with the text of a version in it. */
export function draftFrom(packId: string, version: number): void {
  navigate(`/claims/rules/${encodeURIComponent(packId)}/draft?from=${version}`);
}
