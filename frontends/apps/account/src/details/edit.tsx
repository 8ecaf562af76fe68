import { Button, Checkbox, Dialog, FieldRow, Form, format, Select, TextField } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { AccountDetailsDocument, UpdateDetailsDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Own } from './page.tsx';

const languages = ['en', 'ar', 'de', 'fr', 'es', 'it', 'pt', 'hi', 'ur', 'zh', 'ja', 'ru'];

/** Changes what the customer may change of themselves. */
export function EditDetails({ me, onClose }: { me: Own; onClose: () => void }) {
  const t = useText();
  const [language, setLanguage] = useState(me.language);
  const act = useAct(UpdateDetailsDocument, [AccountDetailsDocument]);
  const send = async (values: FormData) => {
    const given = (name: string) => String(values.get(name) ?? '').trim();
    const input = {
      customerId: me.id,
      expectedVersion: me.version,
      familyName: given('familyName'),
      givenName: given('givenName') || null,
      language,
      homeAirport: given('homeAirport').toUpperCase() || null,
      needsAssistance: values.has('needsAssistance'),
    };
    if (await act.run({ input }, (data) => data.updateCustomer)) onClose();
  };
  const known = [...new Set([me.language, ...languages])];
  return (
    <Dialog title={t('me')} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={act.isPending}>
            {t('save')}
          </Button>
        }
      >
        <FieldRow>
          <TextField
            label={t('me.givenName')}
            name="givenName"
            defaultValue={me.givenName ?? ''}
            autoComplete="given-name"
          />
          <TextField
            label={t('me.familyName')}
            name="familyName"
            defaultValue={me.familyName}
            isRequired
            autoComplete="family-name"
          />
        </FieldRow>
        <Select
          label={t('me.language')}
          value={language}
          onChange={setLanguage}
          options={known.map((id) => ({ id, label: format.language(id) }))}
          help={t('me.language.help')}
        />
        <TextField
          label={t('me.home')}
          name="homeAirport"
          defaultValue={me.homeAirport ?? ''}
          maxLength={3}
          help={t('me.home.help')}
        />
        <Checkbox name="needsAssistance" defaultSelected={me.needsAssistance}>
          {t('me.assistance.ask')}
        </Checkbox>
      </Form>
    </Dialog>
  );
}
