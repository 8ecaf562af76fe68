import { Actions, Button, Card, RadioGroup, Stack } from '@app/ui';
import styles from '../account.module.css';
import { useHappened } from '../happened.ts';
import { useText } from '../text.ts';
import type { Draft } from './page.tsx';
import { incidents, remediesOf } from './plan.ts';

/** The second step: what happened, and what is wanted for it. */
export function WhatHappened({
  draft,
  onChange,
  onBack,
  onNext,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onBack: () => void;
  onNext: () => void;
}) {
  const t = useText();
  const happened = useHappened();
  const remedies = remediesOf(draft.incident);
  return (
    <Card>
      <Stack>
        <p className={styles.quiet}>{happened(draft.flown.flight)}</p>
        <RadioGroup
          label={t('ask.what')}
          value={draft.incident}
          onChange={(incident) => onChange({ ...draft, incident, remedy: remediesOf(incident)[0] })}
          options={incidents.map((id) => ({ id, label: t(`incident.${id}`) }))}
        />
        {remedies.length > 1 ? (
          <RadioGroup
            label={t('ask.wanted')}
            value={draft.remedy}
            onChange={(remedy) => onChange({ ...draft, remedy })}
            options={remedies.map((id) => ({
              id,
              label: t(`remedy.${id}`),
              detail: t(`remedy.${id}.detail`),
            }))}
          />
        ) : (
          <p>{t(`remedy.${draft.remedy}.detail`)}</p>
        )}
        <Actions>
          <Button tone="primary" onPress={onNext}>
            {t('next')}
          </Button>
          <Button onPress={onBack}>{t('back')}</Button>
        </Actions>
      </Stack>
    </Card>
  );
}
