import { FieldRow, Select, TextField } from '@app/ui';
import type { DiversionEnd, EstablishedFactsInput, FactName } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

const answers = ['UNKNOWN', 'YES', 'NO'] as const;
const ends = ['RETURNED_TO_ORIGIN', 'OTHER_REGION', 'SAME_REGION', 'REACHED_DESTINATION'] as const;

/** The facts that a person can establish, and which question of the rules each of them answers. */
const questions = {
  EXTRAORDINARY: 'isExtraordinary',
  ACCEPTED_ALTERNATIVE: 'hasAcceptedAlternative',
  PRESENTED: 'wasAtCheckIn',
  THIRD_COUNTRY_BENEFITS: 'hasThirdCountryBenefits',
} as const satisfies Partial<Record<FactName, keyof EstablishedFactsInput>>;

type Question = keyof typeof questions;

/** Everything that the rules miss for this claim. */
export function missingFacts(claim: Claim): Set<FactName> {
  const verdicts = [claim.trace, ...(claim.disruption?.assessments?.nodes ?? [])];
  return new Set(verdicts.flatMap((one) => (one?.flags ?? []).flatMap((flag) => flag.missingFacts)));
}

/** Asks for what the rules miss. What is left open stays unknown. */
export function Established({ claim }: { claim: Claim }) {
  const t = useText();
  const missing = missingFacts(claim);
  const asked = (Object.keys(questions) as Question[]).filter((id) => missing.has(id));
  const offer = missing.has('REROUTING');
  return (
    <>
      {asked.map((id) => (
        <Select
          key={id}
          label={t(`established.${id}`)}
          name={questions[id]}
          defaultValue="UNKNOWN"
          options={answers.map((answer) => ({ id: answer, label: t(`answer.${answer}`) }))}
        />
      ))}
      {missing.has('ARRIVAL_DELAY_MINUTES') ? (
        <TextField
          label={t('established.ARRIVAL_DELAY_MINUTES')}
          name="arrivalDelayMinutes"
          type="number"
          inputMode="numeric"
        />
      ) : null}
      {missing.has('DIVERSION') ? (
        <Select
          label={t('established.DIVERSION')}
          name="diversionEnd"
          defaultValue="UNKNOWN"
          options={(['UNKNOWN', ...ends] as const).map((id) => ({
            id,
            label: id === 'UNKNOWN' ? t('answer.UNKNOWN') : t(`diversion.${id}`),
          }))}
        />
      ) : null}
      {offer ? (
        <>
          <Select
            label={t('established.REROUTING')}
            name="isReroutingOffered"
            defaultValue="UNKNOWN"
            options={answers.map((answer) => ({ id: answer, label: t(`answer.${answer}`) }))}
          />
          <FieldRow>
            <TextField
              label={t('established.earlier')}
              name="departsEarlierMinutes"
              type="number"
              inputMode="numeric"
            />
            <TextField
              label={t('established.later')}
              name="arrivesLaterMinutes"
              type="number"
              inputMode="numeric"
            />
          </FieldRow>
        </>
      ) : null}
    </>
  );
}

/** What was filled in, as the graph takes it; null where nothing was. */
export function establishedIn(values: FormData): EstablishedFactsInput | null {
  const facts: EstablishedFactsInput = {};
  for (const name of Object.values(questions)) {
    const answer = answered(values.get(name));
    if (answer !== null) facts[name] = answer;
  }
  const delay = whole(values.get('arrivalDelayMinutes'));
  if (delay !== null) facts.arrivalDelayMinutes = delay;
  const end = values.get('diversionEnd');
  if (typeof end === 'string' && end !== '' && end !== 'UNKNOWN') facts.diversionEnd = end as DiversionEnd;
  const isOffered = answered(values.get('isReroutingOffered'));
  if (isOffered !== null) {
    facts.isReroutingOffered = isOffered;
    if (isOffered)
      facts.rerouting = {
        departsEarlierMinutes: whole(values.get('departsEarlierMinutes')) ?? 0,
        arrivesLaterMinutes: whole(values.get('arrivesLaterMinutes')) ?? 0,
      };
  }
  return Object.keys(facts).length > 0 ? facts : null;
}

function answered(value: FormDataEntryValue | null): boolean | null {
  return value === 'YES' ? true : value === 'NO' ? false : null;
}

function whole(value: FormDataEntryValue | null): number | null {
  const text = String(value ?? '').trim();
  return /^-?\d+$/.test(text) ? Number(text) : null;
}
