import { Actions, Button, Card, format, RadioGroup, Stack } from '@app/ui';
import { useState } from 'react';
import { cityOf, isDisturbed, useHappened } from '../happened.ts';
import { useText } from '../text.ts';
import type { Draft } from './page.tsx';
import type { Flown } from './plan.ts';

/** How many flights are offered before the rest is asked for. */
const few = 5;

/** The first step: which flight, and for whom. */
export function WhichFlight({
  flown,
  draft,
  onChoose,
  onPassenger,
  onNext,
}: {
  flown: Flown[];
  draft: Draft | null;
  onChoose: (flown: Flown) => void;
  onPassenger: (id: string) => void;
  onNext: () => void;
}) {
  const t = useText();
  const happened = useHappened();
  const [isAll, setAll] = useState(false);
  // What something happened to comes first: it is what people come here for.
  const sorted = [...flown.filter(isHit), ...flown.filter((one) => !isHit(one))];
  const shown = isAll ? sorted : sorted.slice(0, few);
  const people = draft?.flown.passengers ?? [];
  return (
    <Card>
      <Stack>
        <RadioGroup
          label={t('ask.which')}
          value={draft?.flown.id ?? null}
          onChange={(id) => {
            const chosen = flown.find((one) => one.id === id);
            if (chosen) onChoose(chosen);
          }}
          options={shown.map(({ id, flight }) => ({
            id,
            label: `${t('trip', { from: cityOf(flight.origin), to: cityOf(flight.destination) })}, ${format.date(
              flight.scheduledDepartureAt,
              { timeZone: flight.origin?.timeZone ?? 'UTC' },
            )}`,
            detail: happened(flight),
          }))}
        />
        {sorted.length > shown.length ? (
          <Button tone="quiet" onPress={() => setAll(true)}>
            {t('ask.earlier')}
          </Button>
        ) : null}
        {people.length > 1 ? (
          <RadioGroup
            label={t('ask.who')}
            value={draft?.passengerId ?? null}
            onChange={onPassenger}
            options={people.map(({ id, name }) => ({ id, label: name }))}
          />
        ) : null}
        <Actions>
          <Button tone="primary" onPress={onNext} isDisabled={!draft}>
            {t('next')}
          </Button>
        </Actions>
      </Stack>
    </Card>
  );
}

const isHit = ({ flight }: Flown) => isDisturbed(flight);
