import { Banner, Button, Card, Form, Select, Stack, TextField } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import {
  AccountDetailsDocument,
  type PreferenceKind,
  RemovePreferenceDocument,
  SetPreferenceDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Own } from './page.tsx';

const seats = ['AISLE', 'WINDOW', 'FRONT', 'REAR', 'EXTRA_LEGROOM', 'BULKHEAD', 'EXIT_ROW'] as const;
const meals = [
  'MOML',
  'KSML',
  'HNML',
  'VGML',
  'VLML',
  'AVML',
  'VJML',
  'VOML',
  'RVML',
  'GFML',
  'DBML',
  'NLML',
  'LFML',
  'LCML',
  'LSML',
  'BLML',
  'FPML',
  'SFML',
  'SPML',
  'CHML',
  'BBML',
] as const;

/** What the customer likes on board. */
export function Preferences({ me }: { me: Own }) {
  const t = useText();
  const set = useAct(SetPreferenceDocument, [AccountDetailsDocument]);
  const remove = useAct(RemovePreferenceDocument, [AccountDetailsDocument]);
  const chosen = (kind: PreferenceKind) => me.preferences?.find((one) => one.kind === kind)?.value ?? null;
  const change = (kind: PreferenceKind, value: string) => {
    if (value === 'ANY')
      void remove.run({ input: { customerId: me.id, kind } }, (data) => data.removePreference);
    else void set.run({ input: { customerId: me.id, kind, value } }, (data) => data.setPreference);
  };
  const problem = set.problems.whole ?? set.problems.fields.value ?? remove.problems.whole;
  return (
    <Card title={t('preferences')}>
      <Stack>
        {problem ? <Banner tone="danger">{problem}</Banner> : null}
        <Select
          label={t('preference.SEAT')}
          value={chosen('SEAT') ?? 'ANY'}
          onChange={(value) => change('SEAT', value)}
          options={withOwn(seats, chosen('SEAT')).map((id) => ({
            id,
            label: t(`seat.${id}` as 'seat.ANY'),
          }))}
        />
        <Select
          label={t('preference.MEAL')}
          value={chosen('MEAL') ?? 'ANY'}
          onChange={(value) => change('MEAL', value)}
          options={withOwn(meals, chosen('MEAL')).map((id) => ({
            id,
            label: t(`meal.${id}` as 'meal.ANY'),
          }))}
          help={t('preference.MEAL.help')}
        />
        <Drink value={chosen('DRINK')} onChange={(value) => change('DRINK', value)} />
      </Stack>
    </Card>
  );
}

// A value that is not among the usual ones stays choosable.
function withOwn(usual: readonly string[], own: string | null): string[] {
  return [...new Set(['ANY', ...usual, ...(own ? [own] : [])])];
}

function Drink({ value, onChange }: { value: string | null; onChange: (value: string) => void }) {
  const t = useText();
  const [text, setText] = useState(value ?? '');
  const isSame = text.trim() === (value ?? '');
  return (
    <Form
      onSubmit={() => onChange(text.trim() || 'ANY')}
      actions={
        isSame ? null : (
          <Button type="submit" tone="primary">
            {t('save')}
          </Button>
        )
      }
    >
      <TextField
        label={t('preference.DRINK')}
        value={text}
        onChange={setText}
        maxLength={40}
        help={t('preference.DRINK.help')}
      />
    </Form>
  );
}
