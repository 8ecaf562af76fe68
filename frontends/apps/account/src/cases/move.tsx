import { Banner, Button, Dialog, Form, TextField } from '@app/ui';
import { useState } from 'react';
import styles from '../account.module.css';
import { useAct } from '../act.ts';
import { AccountCaseDocument, MoveCaseDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { OwnCase } from './page.tsx';

/** What a customer may do with a case beside writing: take it back, or open it again. */
export function MoveCase({ found }: { found: OwnCase }) {
  const t = useText();
  const [to, setTo] = useState<'WITHDRAWN' | 'REOPENED' | null>(null);
  const ways = (['REOPENED', 'WITHDRAWN'] as const).filter((status) => found.nextStatuses.includes(status));
  if (ways.length === 0) return null;
  return (
    <div className={styles.choices}>
      {ways.map((way) => (
        <Button key={way} tone={way === 'REOPENED' ? 'secondary' : 'quiet'} onPress={() => setTo(way)}>
          {t(`move.${way}`)}
        </Button>
      ))}
      {to ? <Ask found={found} to={to} onClose={() => setTo(null)} /> : null}
    </div>
  );
}

function Ask({ found, to, onClose }: { found: OwnCase; to: 'WITHDRAWN' | 'REOPENED'; onClose: () => void }) {
  const t = useText();
  const act = useAct(MoveCaseDocument, [AccountCaseDocument]);
  const send = async (values: FormData) => {
    const reason = String(values.get('reason')).trim();
    const input = { caseId: found.id, expectedVersion: found.version, to, reason: reason || null };
    if (await act.run({ input }, (data) => data.changeCaseState)) onClose();
  };
  return (
    <Dialog title={t(`move.${to}`)} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={(values) => void send(values)}
        actions={
          <>
            <Button tone="primary" type="submit" isPending={act.isPending}>
              {t(`move.${to}`)}
            </Button>
            <Button onPress={onClose}>{t('keep')}</Button>
          </>
        }
      >
        <Banner>{t(`move.${to}.text`)}</Banner>
        <TextField label={t('move.reason')} name="reason" rows={3} isRequired={to === 'REOPENED'} />
      </Form>
    </Dialog>
  );
}
