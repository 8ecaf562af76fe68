import { notify } from '@app/sdk';
import { Button, Dialog, FieldRow, Form, Select, TextField, useChange, useProblems } from '@app/ui';
import { useRef, useState } from 'react';
import { CustomerPageDocument, RecordInteractionDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const channels = ['PHONE', 'EMAIL', 'CHAT', 'AIRPORT'] as const;
const kinds = { PHONE: 'CALL', EMAIL: 'EMAIL', CHAT: 'CHAT', AIRPORT: 'CHECKIN' } as const;

/** Records a contact with the customer. */
export function RecordNote({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const [channel, setChannel] = useState<(typeof channels)[number]>('PHONE');
  const [direction, setDirection] = useState<'INBOUND' | 'OUTBOUND'>('INBOUND');
  const record = useChange(RecordInteractionDocument, [CustomerPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { recordInteraction: outcome } = await record.mutateAsync({
      input: {
        idempotencyKey: key.current,
        customerId,
        kind: kinds[channel],
        channel,
        direction,
        summary: String(values.get('summary')),
      },
    });
    if (take(outcome)) {
      notify(t('note.done'), 'success');
      onClose();
    } else key.current = crypto.randomUUID();
  };
  return (
    <Dialog title={t('act.note')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={record.isPending}>
            {t('note.save')}
          </Button>
        }
      >
        <FieldRow>
          <Select
            label={t('note.channel')}
            value={channel}
            onChange={setChannel}
            options={channels.map((id) => ({ id, label: t(`note.channel.${id}`) }))}
          />
          <Select
            label={t('note.direction')}
            value={direction}
            onChange={setDirection}
            options={(['INBOUND', 'OUTBOUND'] as const).map((id) => ({
              id,
              label: t(`note.direction.${id}`),
            }))}
          />
        </FieldRow>
        <TextField
          label={t('note.summary')}
          name="summary"
          rows={4}
          isRequired
          autoFocus
          help={t('note.summary.help')}
        />
      </Form>
    </Dialog>
  );
}
