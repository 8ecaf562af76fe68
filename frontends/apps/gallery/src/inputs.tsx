import {
  Button,
  Card,
  Checkbox,
  FieldRow,
  FilterBar,
  Form,
  RadioGroup,
  SearchField,
  Select,
  Stack,
  Switch,
  TextField,
} from '@app/ui';
import { DateField } from '@app/ui/date';
import { useState } from 'react';
import { useText } from './text.ts';

const tiers = ['platinum', 'gold', 'silver'] as const;

/** What takes something from people. */
export function Inputs() {
  const t = useText();
  const [tier, setTier] = useState<(typeof tiers)[number]>('gold');
  const options = tiers.map((id) => ({ id, label: t(`tier.${id}`) }));
  return (
    <>
      <Card title={t('fields')}>
        <Form
          problems={{ fields: { name: t('help') }, whole: null }}
          onSubmit={() => undefined}
          actions={
            <Button tone="primary" type="submit">
              {t('add')}
            </Button>
          }
        >
          <FieldRow>
            <TextField label={t('name')} name="name" isRequired defaultValue="Amal" />
            <Select label={t('tier')} options={options} value={tier} onChange={setTier} help={t('help')} />
            <DateField label={t('when')} value="2026-11-20" help={t('help')} />
          </FieldRow>
          <SearchField label={t('search')} />
          <TextField label={t('note')} rows={3} help={t('help')} />
        </Form>
      </Card>
      <Card title={t('choices')}>
        <Stack>
          <FilterBar
            label={t('tier')}
            options={options}
            selected={[tier]}
            onChange={([next]) => next && setTier(next)}
          />
          <FieldRow>
            <RadioGroup
              label={t('tier')}
              options={options}
              value={tier}
              onChange={setTier}
              help={t('help')}
            />
            <Stack gap="small">
              <Checkbox defaultSelected>{t('checked')}</Checkbox>
              <Checkbox>{t('checked')}</Checkbox>
              <Switch defaultSelected>{t('checked')}</Switch>
              <Switch>{t('checked')}</Switch>
            </Stack>
          </FieldRow>
        </Stack>
      </Card>
    </>
  );
}
