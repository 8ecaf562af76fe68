import { Card, Empty, Link, Loaded, Page, Skeleton, useGraph, useSearch } from '@app/ui';
import { useState } from 'react';
import styles from '../account.module.css';
import { AccountAskDocument, type ClaimIncident } from '../gql/graphql.ts';
import { isDisturbed } from '../happened.ts';
import { useText } from '../text.ts';
import { Done, type Filed } from './done.tsx';
import { type Flown, flownOf, guess, type Remedy, remediesOf } from './plan.ts';
import { SayIt } from './say.tsx';
import { WhatHappened } from './what.tsx';
import { WhichFlight } from './which.tsx';

/** What the customer said so far. */
export interface Draft {
  flown: Flown;
  passengerId: string;
  incident: ClaimIncident;
  remedy: Remedy;
}

/** Asks for what one is owed, in three steps; `?journey=` or `?flight=` says on which, by id. */
export function AskPage() {
  const t = useText();
  const asked = useGraph(AccountAskDocument, {});
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('ask')} width="narrow">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ me }) => <Ask flown={flownOf(me?.journeys?.nodes ?? [], Date.now())} />}
    </Loaded>
  );
}

function Ask({ flown }: { flown: Flown[] }) {
  const t = useText();
  const search = useSearch();
  const [draft, setDraft] = useState<Draft | null>(() => {
    const [journey, named] = [search.get('journey'), search.get('flight')];
    const own = flown.filter(({ journeyId, flight }) => journeyId === journey || flight.id === named);
    const hit = own.find(({ flight }) => isDisturbed(flight)) ?? own[0];
    return hit ? begin(hit) : null;
  });
  const [step, setStep] = useState<1 | 2 | 3>(draft && draft.flown.passengers.length < 2 ? 2 : 1);
  const [filed, setFiled] = useState<Filed | null>(null);
  if (filed) return <Done filed={filed} />;
  if (flown.length === 0) {
    return (
      <Page title={t('ask')} width="narrow">
        <Card>
          <Empty title={t('ask.none')}>
            {t('ask.none.text')} <Link href="/account/cases/new">{t('case.new')}</Link>
          </Empty>
        </Card>
      </Page>
    );
  }
  return (
    <Page title={t('ask')} width="narrow" answer={t(`ask.step.${step}`)}>
      <Steps step={step} onStep={setStep} />
      {step === 1 || !draft ? (
        <WhichFlight
          flown={flown}
          draft={draft}
          onChoose={(one) => setDraft(begin(one))}
          onPassenger={(passengerId) => draft && setDraft({ ...draft, passengerId })}
          onNext={() => setStep(2)}
        />
      ) : null}
      {step === 2 && draft ? (
        <WhatHappened draft={draft} onChange={setDraft} onBack={() => setStep(1)} onNext={() => setStep(3)} />
      ) : null}
      {step === 3 && draft ? <SayIt draft={draft} onBack={() => setStep(2)} onFiled={setFiled} /> : null}
    </Page>
  );
}

function begin(flown: Flown): Draft {
  const incident = guess(flown.flight);
  return { flown, passengerId: flown.passengers[0]?.id ?? '', incident, remedy: remediesOf(incident)[0] };
}

function Steps({ step, onStep }: { step: 1 | 2 | 3; onStep: (step: 1 | 2 | 3) => void }) {
  const t = useText();
  return (
    <ol className={styles.way} aria-label={t('ask.steps')}>
      {([1, 2, 3] as const).map((one) => (
        <li
          key={one}
          data-done={one <= step || undefined}
          {...(one === step ? { 'aria-current': 'step' as const } : {})}
        >
          {one < step ? (
            <button type="button" onClick={() => onStep(one)}>
              {t(`ask.name.${one}`)}
            </button>
          ) : (
            <span>{t(`ask.name.${one}`)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
