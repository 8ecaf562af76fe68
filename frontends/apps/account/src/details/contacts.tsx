import { gql } from '@app/sdk';
import {
  Badge,
  Banner,
  Button,
  Card,
  Checkbox,
  Confirm,
  Dialog,
  Form,
  IconButton,
  Line,
  Masked,
  Menu,
  PlainList,
  RadioGroup,
  Row,
  TextField,
} from '@app/ui';
import { Ellipsis, Mail, Phone, Plus } from 'lucide-react';
import { useState } from 'react';
import styles from '../account.module.css';
import { useAct } from '../act.ts';
import {
  AccountDetailsDocument,
  AddContactDocument,
  type ContactPointKind,
  MakeContactPrimaryDocument,
  OwnContactValuesDocument,
  RemoveContactDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Own } from './page.tsx';

type Contact = NonNullable<Own['contactPoints']>[number];

/** The ways to reach the customer. Each is hidden until it is asked for: others look at phones, too. */
export function Contacts({ me }: { me: Own }) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Contact | null>(null);
  const primary = useAct(MakeContactPrimaryDocument, [AccountDetailsDocument]);
  const reveal = async (id: string) => {
    const { me: found } = await gql(OwnContactValuesDocument, {});
    return found?.contactPoints?.find((point) => point.id === id)?.value ?? null;
  };
  const choose = (point: Contact) =>
    void primary.run(
      { input: { customerId: me.id, contactPointId: point.id } },
      (data) => data.setPrimaryContactPoint,
    );
  return (
    <Card
      title={t('contacts')}
      flush
      actions={
        <Button icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
          {t('contact.add')}
        </Button>
      }
    >
      {primary.problems.whole ? <Banner tone="danger">{primary.problems.whole}</Banner> : null}
      <PlainList label={t('contacts')} items={me.contactPoints ?? []} itemKey={({ id }) => id}>
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
                reveal={() => reveal(point.id)}
              />
            }
            detail={
              <Line>
                <bdi>{point.label ?? t(`contact.${point.kind}`)}</bdi>
                {point.isPrimary ? <Badge tone="success">{t('contact.primary')}</Badge> : null}
              </Line>
            }
            end={
              <Menu
                label={t('contact.acts')}
                trigger={<IconButton label={t('contact.acts')} icon={<Ellipsis aria-hidden />} />}
                entries={[
                  {
                    id: 'primary',
                    label: t('contact.makePrimary'),
                    isDisabled: point.isPrimary,
                    run: () => choose(point),
                  },
                  { id: 'remove', label: t('contact.remove'), tone: 'danger', run: () => setRemoved(point) },
                ]}
              />
            }
          />
        )}
      </PlainList>
      {isAdding ? <AddContact me={me} onClose={() => setAdding(false)} /> : null}
      {removed ? <RemoveContact me={me} contact={removed} onClose={() => setRemoved(null)} /> : null}
    </Card>
  );
}

function RemoveContact({ me, contact, onClose }: { me: Own; contact: Contact; onClose: () => void }) {
  const t = useText();
  const act = useAct(RemoveContactDocument, [AccountDetailsDocument]);
  const remove = async () => {
    const input = { customerId: me.id, contactPointId: contact.id };
    if (await act.run({ input }, (data) => data.removeContactPoint)) onClose();
  };
  return (
    <Confirm
      title={t('contact.remove')}
      isOpen
      onClose={onClose}
      onConfirm={() => void remove()}
      action={t('contact.remove')}
      tone="danger"
      isPending={act.isPending}
    >
      {act.problems.whole ? <Banner tone="danger">{act.problems.whole}</Banner> : null}
      <p>{t('contact.remove.text')}</p>
      <p>
        <bdi>{contact.maskedValue}</bdi>
      </p>
    </Confirm>
  );
}

function AddContact({ me, onClose }: { me: Own; onClose: () => void }) {
  const t = useText();
  const [kind, setKind] = useState<ContactPointKind>('EMAIL');
  const act = useAct(AddContactDocument, [AccountDetailsDocument]);
  const send = async (values: FormData) => {
    const input = {
      idempotencyKey: act.key(),
      customerId: me.id,
      kind,
      value: String(values.get('value')).trim(),
      label: String(values.get('label')).trim() || null,
      isPrimary: values.has('isPrimary'),
    };
    if (await act.run({ input }, (data) => data.addContactPoint)) onClose();
  };
  return (
    <Dialog title={t('contact.add')} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={act.isPending}>
            {t('contact.add')}
          </Button>
        }
      >
        <RadioGroup
          label={t('contact.kind')}
          value={kind}
          onChange={setKind}
          options={(['EMAIL', 'PHONE'] as const).map((id) => ({ id, label: t(`contact.${id}`) }))}
        />
        <TextField
          key={kind}
          label={t(`contact.${kind}`)}
          name="value"
          isRequired
          type={kind === 'EMAIL' ? 'email' : 'tel'}
          autoComplete={kind === 'EMAIL' ? 'email' : 'tel'}
          help={t(`contact.${kind}.help`)}
        />
        <TextField label={t('contact.label')} name="label" maxLength={40} help={t('contact.label.help')} />
        <Checkbox name="isPrimary">{t('contact.isPrimary')}</Checkbox>
      </Form>
    </Dialog>
  );
}
