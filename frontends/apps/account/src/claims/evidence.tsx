import {
  Button,
  Card,
  Dialog,
  Form,
  format,
  PlainList,
  Row,
  refresh,
  Select,
  TextField,
  useProblems,
} from '@app/ui';
import { FileText, Plus } from 'lucide-react';
import { useState } from 'react';
import styles from '../account.module.css';
import { type Prepared, send } from '../evidence.ts';
import { Files } from '../files.tsx';
import { AccountClaimDocument, type EvidenceKind } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

/** What proves a claim. */
export function EvidenceCard({ claim, canAdd }: { claim: Claim; canAdd: boolean }) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const evidence = claim.evidence?.nodes ?? [];
  if (evidence.length === 0 && !canAdd) return null;
  return (
    <Card
      title={t('evidence')}
      flush
      actions={
        canAdd ? (
          <Button icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
            {t('evidence.add')}
          </Button>
        ) : null
      }
    >
      {evidence.length === 0 ? <p className={styles.nothing}>{t('evidence.none')}</p> : null}
      <PlainList label={t('evidence')} items={evidence} itemKey={({ id }) => id}>
        {(one) => (
          <Row
            start={<FileText aria-hidden className={styles.icon} />}
            title={<bdi>{one.description}</bdi>}
            detail={[t(`evidence.${one.kind}`), one.fileName, format.date(one.addedAt)]
              .filter(Boolean)
              .join(' · ')}
          />
        )}
      </PlainList>
      {isAdding ? <AddEvidence claim={claim} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

const kinds = ['RECEIPT', 'PHOTO', 'CORRESPONDENCE', 'TRAVEL_DOCUMENT', 'OTHER'] as const;

function AddEvidence({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const [kind, setKind] = useState<EvidenceKind>('RECEIPT');
  const [files, setFiles] = useState<Prepared[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [problems, take] = useProblems();
  const submit = async (values: FormData) => {
    if (files.length === 0) {
      take({ message: t('evidence.missing') });
      return;
    }
    setBusy(true);
    const description = String(values.get('description'));
    try {
      for (const file of files) {
        if (!take(await send(claim.id, kind, description, file))) return;
      }
      onClose();
    } catch {
      take({ message: t('act.offline') });
    } finally {
      setBusy(false);
      void refresh(AccountClaimDocument);
    }
  };
  return (
    <Dialog title={t('evidence.add')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void submit(values)}
        actions={
          <Button tone="primary" type="submit" isPending={isBusy}>
            {t('evidence.send')}
          </Button>
        }
      >
        <Select
          label={t('evidence.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({ id, label: t(`evidence.${id}`) }))}
        />
        <TextField label={t('evidence.description')} name="description" isRequired maxLength={2000} />
        <Files files={files} onChange={setFiles} />
      </Form>
    </Dialog>
  );
}
