import { Button, Checkbox, Dialog, Form, RadioGroup, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { AddContactPointDocument, type ContactPointKind, CustomerPageDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

/** Adds a way to reach the customer. */
export function AddContact({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const add = useChange(AddContactPointDocument, [CustomerPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { addContactPoint: outcome } = await add.mutateAsync({
      input: {
        idempotencyKey: key.current,
        customerId,
        kind: values.get('kind') as ContactPointKind,
        value: String(values.get('value')).trim(),
        label: String(values.get('label')).trim() || null,
        isPrimary: values.has('isPrimary'),
      },
    });
    if (take(outcome)) onClose();
    else key.current = crypto.randomUUID();
  };
  return (
    <Dialog title={t('act.contact')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={add.isPending}>
            {t('contact.add')}
          </Button>
        }
      >
        <RadioGroup
          label={t('contact.kind')}
          name="kind"
          defaultValue="EMAIL"
          options={(['EMAIL', 'PHONE'] as const).map((id) => ({ id, label: t(`contact.${id}`) }))}
        />
        <TextField label={t('contact.value')} name="value" isRequired help={t('contact.value.help')} />
        <TextField label={t('contact.label')} name="label" maxLength={40} />
        <Checkbox name="isPrimary">{t('contact.isPrimary')}</Checkbox>
      </Form>
    </Dialog>
  );
}
