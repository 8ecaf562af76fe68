import { navigate } from '@app/sdk';
import {
  Banner,
  Button,
  Card,
  Form,
  Page,
  Select,
  TextField,
  useChange,
  useProblems,
  useSearch,
} from '@app/ui';
import { useRef, useState } from 'react';
import { type CaseType, OpenCaseDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const types = [
  'COMPLAINT',
  'COMPENSATION',
  'REFUND',
  'BAGGAGE_DELAYED',
  'BAGGAGE_DAMAGED',
  'BAGGAGE_LOST',
  'DENIED_BOARDING',
  'SPECIAL_ASSISTANCE',
  'LOYALTY',
  'LOST_PROPERTY',
  'PRIVACY',
  'FRAUD',
  'REGULATOR',
  'SUGGESTION',
  'COMPLIMENT',
] as const satisfies CaseType[];

/** Opens a case; `?customer=` says about whom, by id. */
export function OpenCasePage() {
  const t = useText();
  const customerId = useSearch().get('customer');
  const key = useRef(crypto.randomUUID());
  const [type, setType] = useState<CaseType>('COMPLAINT');
  const open = useChange(OpenCaseDocument);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { openCase: outcome } = await open.mutateAsync({
      input: {
        idempotencyKey: key.current,
        type,
        customerId,
        subject: String(values.get('subject')),
        description: String(values.get('description')),
      },
    });
    if (take(outcome) && outcome.__typename === 'CaseOpened') navigate(`/cases/${outcome.case.id}`);
    else key.current = crypto.randomUUID();
  };
  return (
    <Page title={t('new')} width="narrow" crumbs={[{ label: t('cases'), href: '/cases' }]}>
      <Card>
        <Form
          problems={problems}
          onSubmit={(values) => void send(values)}
          actions={
            <Button tone="primary" type="submit" isPending={open.isPending}>
              {t('new.open')}
            </Button>
          }
        >
          {customerId ? <Banner>{t('new.customer')}</Banner> : null}
          <Select
            label={t('new.type')}
            value={type}
            onChange={setType}
            options={types.map((id) => ({ id, label: t(`type.${id}`) }))}
          />
          <TextField label={t('new.subject')} name="subject" isRequired maxLength={200} autoFocus />
          <TextField label={t('new.description')} name="description" isRequired rows={6} />
        </Form>
      </Card>
    </Page>
  );
}
