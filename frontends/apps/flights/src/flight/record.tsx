import { can, notify } from '@app/sdk';
import { Button, Dialog, FieldRow, Form, Select, TextField, useChange, useProblems } from '@app/ui';
import { useRef, useState } from 'react';
import {
  type ExposureOptionInput,
  RecordFlightEventDocument,
  type RecordFlightEventInput,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { Weighed } from './options.tsx';
import type { Flight } from './page.tsx';

const kinds = ['DELAY', 'CANCELLATION', 'DIVERSION', 'GATE_CHANGE', 'ARRIVAL', 'RESTORATION'] as const;
type Kind = (typeof kinds)[number];

/** Says what happened to the flight. What a delay or a cancellation would cost is shown before it is recorded. */
export function RecordEvent({ flight, onClose }: { flight: Flight; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const [kind, setKind] = useState<Kind>('DELAY');
  const [minutes, setMinutes] = useState('');
  const [causeCode, setCauseCode] = useState('');
  const record = useChange(RecordFlightEventDocument);
  const [problems, take, forget] = useProblems();
  const send = async (values: FormData) => {
    const { recordFlightEvent: outcome } = await record.mutateAsync({
      input: {
        flightId: flight.id,
        expectedVersion: flight.version,
        idempotencyKey: key.current,
        kind,
        ...detailsOf(kind, values, flight),
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome) && outcome.__typename === 'FlightEventRecorded') {
      notify(t('event.done', { count: outcome.disruptedJourneys }), 'success');
      onClose();
    }
  };
  const option = optionOf(kind, minutes, causeCode);
  return (
    <Dialog title={t('event')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={record.isPending}>
            {t('event.record')}
          </Button>
        }
      >
        <Select
          label={t('event.kind')}
          value={kind}
          onChange={(next) => {
            forget();
            setKind(next);
          }}
          options={kinds.map((id) => ({ id, label: t(`event.${id}`) }))}
        />
        <FieldRow>
          {kind === 'DELAY' || kind === 'DIVERSION' || kind === 'ARRIVAL' ? (
            <TextField
              label={t(kind === 'ARRIVAL' ? 'event.actual' : 'event.arrivalDelay')}
              name="arrivalDelayMinutes"
              inputMode="numeric"
              isRequired={kind !== 'DIVERSION'}
              value={minutes}
              onChange={setMinutes}
            />
          ) : null}
          {kind === 'DIVERSION' ? (
            <TextField label={t('event.divertedTo')} name="divertedTo" maxLength={3} isRequired />
          ) : null}
          {kind === 'GATE_CHANGE' ? <TextField label={t('event.gate')} name="gate" isRequired /> : null}
          {kind === 'DELAY' || kind === 'CANCELLATION' || kind === 'DIVERSION' ? (
            <TextField
              label={t('cause')}
              name="causeCode"
              inputMode="numeric"
              maxLength={2}
              isRequired={kind !== 'DIVERSION'}
              value={causeCode}
              onChange={setCauseCode}
              help={t('cause.help')}
            />
          ) : null}
        </FieldRow>
        {option && can('exposure:read') ? (
          <Weighed flightId={flight.id} options={[{ label: t('event.would'), input: option }]} />
        ) : null}
      </Form>
    </Dialog>
  );
}

function detailsOf(kind: Kind, values: FormData, flight: Flight): Partial<RecordFlightEventInput> {
  const text = (name: string) => String(values.get(name) ?? '').trim();
  const arrivalDelayMinutes = Number(text('arrivalDelayMinutes'));
  switch (kind) {
    case 'DELAY':
      return { delay: { arrivalDelayMinutes, causeCode: text('causeCode') } };
    case 'CANCELLATION':
      return { cancellation: { causeCode: text('causeCode') } };
    case 'DIVERSION':
      return {
        diversion: {
          divertedTo: text('divertedTo').toUpperCase(),
          arrivalDelayMinutes: text('arrivalDelayMinutes') ? arrivalDelayMinutes : null,
          causeCode: text('causeCode') || null,
        },
      };
    case 'GATE_CHANGE':
      return { gateChange: { gate: text('gate') } };
    case 'ARRIVAL': {
      const at = new Date(Date.parse(flight.scheduledArrivalAt) + arrivalDelayMinutes * 60_000);
      return { arrival: { actualArrivalAt: at.toISOString() } };
    }
    case 'RESTORATION':
      return {};
  }
}

function optionOf(kind: Kind, minutes: string, causeCode: string): ExposureOptionInput | null {
  if (!/^\d{2}$/.test(causeCode)) return null;
  if (kind === 'CANCELLATION') return { cancellation: { causeCode } };
  const isDelay = kind === 'DELAY' && /^\d{1,4}$/.test(minutes);
  return isDelay ? { delay: { departureDelayMinutes: Number(minutes), causeCode } } : null;
}
