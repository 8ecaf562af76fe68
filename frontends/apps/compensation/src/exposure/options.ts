import { format } from '@app/ui';
import type { ExposureOptionInput } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const delays = [60, 120, 180, 240, 300, 480];
const fortnight = 14 * 24 * 60;

/** Something that may be done with a flight, and what it is called. */
export interface Weighed {
  id: string;
  label: string;
  /** Minutes of delay, where that is what is done. */
  minutes?: number;
  input: ExposureOptionInput;
}

/** What may be done with a flight: leave late by some steps, or not at all. */
export function useOptions(causeCode: string | null): Weighed[] {
  const t = useText();
  const cancellation = (
    id: 'cancel' | 'rebook' | 'early',
    input: NonNullable<ExposureOptionInput['cancellation']>,
  ): Weighed => ({
    id,
    label: t(`option.${id}`),
    input: { cancellation: { causeCode, ...input } },
  });
  return [
    ...delays.map((minutes) => ({
      id: `delay-${minutes}`,
      label: t('option.delay', { delay: format.duration(minutes) }),
      minutes,
      input: { delay: { departureDelayMinutes: minutes, causeCode } },
    })),
    cancellation('cancel', {}),
    cancellation('rebook', { rerouting: { departsEarlierMinutes: 0, arrivesLaterMinutes: 110 } }),
    cancellation('early', { noticeMinutes: fortnight }),
  ];
}
