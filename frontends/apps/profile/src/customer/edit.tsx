import { Button, Checkbox, Dialog, FieldRow, Form, TextField, useChange, useProblems } from '@app/ui';
import { CustomerPageDocument, UpdateCustomerDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Customer } from './page.tsx';

/** Changes the record. What is not changed here stays as it is. */
export function EditCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useText();
  const update = useChange(UpdateCustomerDocument, [CustomerPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const given = (name: string) => String(values.get(name) ?? '').trim();
    const { updateCustomer: outcome } = await update.mutateAsync({
      input: {
        customerId: customer.id,
        expectedVersion: customer.version,
        familyName: given('familyName'),
        givenName: given('givenName') || null,
        language: given('language'),
        homeAirport: given('homeAirport').toUpperCase() || null,
        isVip: values.has('isVip'),
        needsAssistance: values.has('needsAssistance'),
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('edit')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={update.isPending}>
            {t('edit.save')}
          </Button>
        }
      >
        <FieldRow>
          <TextField
            label={t('edit.givenName')}
            name="givenName"
            defaultValue={customer.givenName ?? ''}
            autoFocus
          />
          <TextField
            label={t('edit.familyName')}
            name="familyName"
            defaultValue={customer.familyName}
            isRequired
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label={t('edit.language')}
            name="language"
            defaultValue={customer.language}
            isRequired
            help={t('edit.language.help')}
          />
          <TextField
            label={t('edit.homeAirport')}
            name="homeAirport"
            defaultValue={customer.homeAirport ?? ''}
            maxLength={3}
            help={t('edit.homeAirport.help')}
          />
        </FieldRow>
        <Checkbox name="isVip" defaultSelected={customer.isVip}>
          {t('edit.vip')}
        </Checkbox>
        <Checkbox name="needsAssistance" defaultSelected={customer.needsAssistance}>
          {t('edit.assistance')}
        </Checkbox>
      </Form>
    </Dialog>
  );
}
