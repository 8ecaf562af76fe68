import { Button, Dialog, FieldRow, Form, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { CreateCustomerDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

/** Makes a record of a person. */
export function NewCustomer({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (id: string) => void;
}) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const create = useChange(CreateCustomerDocument);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const given = (name: string) => String(values.get(name) ?? '').trim() || null;
    const { createCustomer: outcome } = await create.mutateAsync({
      input: {
        idempotencyKey: key.current,
        familyName: given('familyName') ?? '',
        givenName: given('givenName'),
        email: given('email'),
        phone: given('phone'),
        language: given('language'),
      },
    });
    if (take(outcome) && outcome.__typename === 'CustomerCreated') onCreated(outcome.customer.id);
    else key.current = crypto.randomUUID();
  };
  return (
    <Dialog title={t('new')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={create.isPending}>
            {t('new.create')}
          </Button>
        }
      >
        <FieldRow>
          <TextField label={t('edit.givenName')} name="givenName" autoFocus />
          <TextField label={t('edit.familyName')} name="familyName" isRequired />
        </FieldRow>
        <FieldRow>
          <TextField label={t('new.email')} name="email" type="email" />
          <TextField label={t('new.phone')} name="phone" type="tel" help={t('contact.value.help')} />
        </FieldRow>
        <TextField
          label={t('edit.language')}
          name="language"
          defaultValue="en"
          help={t('edit.language.help')}
        />
      </Form>
    </Dialog>
  );
}
