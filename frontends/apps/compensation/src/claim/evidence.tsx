import { can, gql } from '@app/sdk';
import {
  Button,
  Card,
  Dialog,
  Empty,
  Form,
  format,
  IconButton,
  PlainList,
  Row,
  Select,
  TextField,
  useChange,
  useProblems,
} from '@app/ui';
import { Download, Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import {
  AddClaimEvidenceDocument,
  ClaimEvidenceFileDocument,
  ClaimPageDocument,
  type EvidenceKind,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

const kinds = [
  'RECEIPT',
  'CORRESPONDENCE',
  'TRAVEL_DOCUMENT',
  'PHOTO',
  'OPERATIONAL_RECORD',
  'STATEMENT',
  'OTHER',
] as const satisfies EvidenceKind[];

/** What proves the claim, with its files. */
export function EvidenceList({ claim }: { claim: Claim }) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const pieces = claim.evidence?.nodes ?? [];
  return (
    <Card
      title={t('evidence')}
      flush
      actions={
        can('claim:file') ? (
          <Button size="small" icon={<Paperclip aria-hidden />} onPress={() => setAdding(true)}>
            {t('evidence.add')}
          </Button>
        ) : null
      }
    >
      {pieces.length === 0 ? (
        <Empty title={t('evidence.none')}>{t('evidence.none.text')}</Empty>
      ) : (
        <PlainList label={t('evidence')} items={pieces} itemKey={({ id }) => id}>
          {(piece) => (
            <Row
              title={<span dir="auto">{piece.description}</span>}
              detail={[
                t(`evidence.${piece.kind}`),
                piece.fileName,
                format.dateTime(piece.addedAt),
                piece.addedBy,
              ]
                .filter(Boolean)
                .join(' · ')}
              end={
                piece.fileName ? (
                  <IconButton
                    label={t('evidence.open', { name: piece.fileName })}
                    icon={<Download aria-hidden />}
                    onPress={() => void save(claim.id, piece.id)}
                  />
                ) : null
              }
            />
          )}
        </PlainList>
      )}
      {isAdding ? <AddEvidence claimId={claim.id} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function AddEvidence({ claimId, onClose }: { claimId: string; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const [kind, setKind] = useState<EvidenceKind>('RECEIPT');
  const add = useChange(AddClaimEvidenceDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { addClaimEvidence: outcome } = await add.mutateAsync({
      input: {
        claimId,
        kind,
        description: String(values.get('description')),
        file: await fileOf(values.get('file')),
        idempotencyKey: key.current,
      },
    });
    if (take(outcome)) onClose();
    else key.current = crypto.randomUUID();
  };
  return (
    <Dialog title={t('evidence.add')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={add.isPending}>
            {t('evidence.add')}
          </Button>
        }
      >
        <Select
          label={t('evidence.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({ id, label: t(`evidence.${id}`) }))}
        />
        <TextField
          label={t('evidence.shows')}
          name="description"
          rows={3}
          isRequired
          maxLength={2000}
          autoFocus
        />
        <label>
          {t('evidence.file')}
          <br />
          <input type="file" name="file" accept="application/pdf,image/jpeg,image/png,text/plain" />
        </label>
      </Form>
    </Dialog>
  );
}

async function fileOf(value: FormDataEntryValue | null) {
  if (!(value instanceof File) || value.size === 0) return null;
  const bytes = new Uint8Array(await value.arrayBuffer());
  const content = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
  return { name: value.name, contentType: value.type, content };
}

// The file is kept by whoever asks for it; it is never shown inside the page, since anybody may have sent it.
async function save(claimId: string, evidenceId: string): Promise<void> {
  const { claim } = await gql(ClaimEvidenceFileDocument, { id: claimId });
  const piece = claim?.evidence?.nodes.find(({ id }) => id === evidenceId);
  if (!piece?.content) return;
  const bytes = Uint8Array.from(atob(piece.content), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = piece.fileName ?? 'evidence';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
