import { boot } from '@app/sdk';
import { Button, Card, Facts, format, Loaded, Page, PlainList, Row, Skeleton, Slot, useGraph } from '@app/ui';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import styles from '../account.module.css';
import { AccountDetailsDocument, type AccountDetailsQuery } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { Channels } from './channels.tsx';
import { Contacts } from './contacts.tsx';
import { EditDetails } from './edit.tsx';
import { Preferences } from './preferences.tsx';

/** The customer, as this page asks for them. */
export type Own = NonNullable<AccountDetailsQuery['me']>;

/** Everything about the customer that they may see and change. */
export function DetailsPage() {
  const t = useText();
  const asked = useGraph(AccountDetailsDocument, { language: boot().locale.slice(0, 2) });
  return (
    <Page title={t('nav.me')} answer={t('me.lead')} width="narrow">
      <Loaded from={asked} skeleton={<Skeleton kind="card" lines={5} />}>
        {({ me }) => (me ? <Details me={me} /> : null)}
      </Loaded>
    </Page>
  );
}

function Details({ me }: { me: Own }) {
  return (
    <>
      <About me={me} />
      <Contacts me={me} />
      <Channels me={me} />
      <Preferences me={me} />
      <Kept me={me} />
      {/* Consents, export and erasure, and the ways to sign in are filled in by those who own them. */}
      <Slot name="account.data" props={{ customerId: me.id }} />
      <Slot name="account.security" props={{ customerId: me.id }} />
    </>
  );
}

function About({ me }: { me: Own }) {
  const t = useText();
  const [isEditing, setEditing] = useState(false);
  return (
    <Card
      title={t('me')}
      actions={
        <Button icon={<Pencil aria-hidden />} onPress={() => setEditing(true)}>
          {t('edit')}
        </Button>
      }
    >
      <Facts
        items={[
          { name: t('me.name'), value: <bdi>{me.displayName}</bdi> },
          { name: t('me.language'), value: format.language(me.language) },
          { name: t('me.home'), value: me.homeAirport },
          { name: t('me.assistance'), value: t(me.needsAssistance ? 'yes' : 'no') },
        ]}
      />
      {isEditing ? <EditDetails me={me} onClose={() => setEditing(false)} /> : null}
    </Card>
  );
}

// What is kept, as far as the graph tells today.
function Kept({ me }: { me: Own }) {
  const t = useText();
  const documents = me.travelDocuments ?? [];
  const events = me.timeline?.nodes ?? [];
  return (
    <>
      <Card title={t('kept')}>
        <p className={styles.quiet}>{t('kept.text', { date: format.date(me.createdAt) })}</p>
        <Facts
          items={[
            { name: t('kept.birth'), value: me.birthDate ? format.date(me.birthDate) : null },
            { name: t('kept.nationality'), value: me.nationality ? format.country(me.nationality) : null },
            {
              name: t('kept.residence'),
              value: me.countryOfResidence ? format.country(me.countryOfResidence) : null,
            },
            ...(me.loyaltyMemberships ?? []).map((one) => ({
              name: t('kept.loyalty'),
              value: (
                <>
                  <bdi>
                    {one.programme} {one.number}
                  </bdi>
                  {`, ${t(`tier.${one.tier}`)}, ${t('miles', { count: one.redeemableMiles })}`}
                </>
              ),
            })),
            ...documents.map((one) => ({
              name: t(`document.${one.kind}`),
              value: (
                <>
                  <bdi>{one.maskedNumber}</bdi>
                  {`, ${format.country(one.issuingCountry)}, ${t('document.until', { date: format.date(one.expiresOn) })}`}
                </>
              ),
            })),
          ]}
        />
      </Card>
      {events.length > 0 ? (
        <Card title={t('kept.happened')} flush>
          <PlainList label={t('kept.happened')} items={events} itemKey={({ id }) => id}>
            {(event) => <Row title={<bdi>{event.title}</bdi>} detail={format.dateTime(event.occurredAt)} />}
          </PlainList>
        </Card>
      ) : null}
    </>
  );
}
