import { navigate } from '@app/sdk';
import { Button, Card, Form, Page, Select, TextField, useSearch } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { type CaseType, OpenCaseDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const types = [
  'COMPLAINT',
  'REFUND',
  'BAGGAGE_DELAYED',
  'BAGGAGE_DAMAGED',
  'BAGGAGE_LOST',
  'SPECIAL_ASSISTANCE',
  'LOYALTY',
  'LOST_PROPERTY',
  'PRIVACY',
  'SUGGESTION',
  'COMPLIMENT',
] as const satisfies CaseType[];

/** Writes to the airline; `?order=` says about which booking, by id. */
export function OpenCasePage() {
  const t = useText();
  const orderId = useSearch().get('order');
  const [type, setType] = useState<CaseType>('COMPLAINT');
  const act = useAct(OpenCaseDocument);
  const send = async (values: FormData) => {
    const input = {
      idempotencyKey: act.key(),
      type,
      orderId,
      subject: String(values.get('subject')),
      description: String(values.get('description')),
    };
    const done = await act.run({ input }, (data) => data.openCase);
    if (done?.openCase.__typename === 'CaseOpened') navigate(`/account/cases/${done.openCase.case.id}`);
  };
  return (
    <Page title={t('case.new')} width="narrow" crumbs={[{ label: t('cases'), href: '/account/cases' }]}>
      <Card>
        <Form
          problems={act.problems}
          onSubmit={(values) => void send(values)}
          actions={
            <Button tone="primary" type="submit" isPending={act.isPending}>
              {t('case.send')}
            </Button>
          }
        >
          <Select
            label={t('case.type')}
            value={type}
            onChange={setType}
            options={types.map((id) => ({ id, label: t(`type.${id}`) }))}
          />
          <TextField label={t('case.subject')} name="subject" isRequired maxLength={200} />
          <TextField label={t('case.description')} name="description" isRequired rows={6} />
        </Form>
      </Card>
    </Page>
  );
}
