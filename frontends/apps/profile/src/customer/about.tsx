import { can, gql } from '@app/sdk';
import { Badge, Card, Facts, format, Masked, PlainList, Row, Stack } from '@app/ui';
import { Mail, Phone } from 'lucide-react';
import { ContactValuesDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './customer.module.css';
import type { Customer } from './page.tsx';

/** The ways to reach the customer; each is hidden until somebody asks for it, which is written down. */
export function Contacts({ customer }: { customer: Customer }) {
  const t = useText();
  const reveal = async (id: string) => {
    const { customer: found } = await gql(ContactValuesDocument, { id: customer.id });
    return found?.contactPoints?.find((point) => point.id === id)?.value ?? null;
  };
  return (
    <Card title={t('contacts')} flush>
      <PlainList label={t('contacts')} items={customer.contactPoints ?? []} itemKey={({ id }) => id}>
        {(point) => (
          <Row
            start={
              point.kind === 'EMAIL' ? (
                <Mail aria-hidden className={styles.icon} />
              ) : (
                <Phone aria-hidden className={styles.icon} />
              )
            }
            title={
              <Masked
                masked={point.maskedValue}
                label={t(`contact.${point.kind}`)}
                {...(can('customer:contact') ? { reveal: () => reveal(point.id) } : {})}
              />
            }
            detail={point.label}
            end={point.isPrimary ? <Badge tone="success">{t('contact.primary')}</Badge> : null}
          />
        )}
      </PlainList>
    </Card>
  );
}

/** What else is known of the customer. */
export function About({ customer }: { customer: Customer }) {
  const t = useText();
  const preferences = customer.preferences ?? [];
  return (
    <Card title={t('person')}>
      <Stack>
        <Facts
          items={[
            {
              name: t('country'),
              value: customer.countryOfResidence ? format.country(customer.countryOfResidence) : null,
            },
            { name: t('home'), value: customer.homeAirport },
            { name: t('since'), value: format.date(customer.createdAt) },
            ...(customer.loyaltyMemberships ?? []).map((membership) => ({
              name: t('loyalty'),
              value: (
                <>
                  <bdi>
                    {membership.programme} {membership.number}
                  </bdi>
                  <br />
                  {t(`tier.${membership.tier}`)},{' '}
                  {t('loyalty.miles', { count: format.number(membership.redeemableMiles) })}
                </>
              ),
            })),
          ]}
        />
        <div>
          <h3>{t('preferences')}</h3>
          {preferences.length === 0 ? <p className={styles.quiet}>{t('preferences.none')}</p> : null}
          <Facts
            items={preferences.map((one) => ({
              name: t(`preference.${one.kind}`),
              value: one.value ?? t('preferences.hidden'),
            }))}
          />
        </div>
      </Stack>
    </Card>
  );
}
