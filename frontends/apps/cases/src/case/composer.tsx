import { can } from '@app/sdk';
import { Button, FilterBar, Form, TextField, useChange, useProblems } from '@app/ui';
import { Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { CasePageDocument, type CaseVisibility, CommentOnCaseDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './case.module.css';
import type { Found } from './page.tsx';

/** Writes to the customer, or a note for colleagues. What is typed stays until it was sent. */
export function Composer({ found }: { found: Found }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const [visibility, setVisibility] = useState<CaseVisibility>('PUBLIC');
  const [text, setText] = useState('');
  const comment = useChange(CommentOnCaseDocument, [CasePageDocument]);
  const [problems, take, forget] = useProblems();
  const send = async () => {
    const input = { idempotencyKey: key.current, caseId: found.id, text, visibility };
    const { commentOnCase: outcome } = await comment.mutateAsync({ input });
    key.current = crypto.randomUUID();
    if (take(outcome)) {
      forget();
      setText('');
    }
  };
  return (
    <div className={styles.composer}>
      <Form
        problems={problems}
        onSubmit={() => void send()}
        actions={
          <Button
            tone="primary"
            type="submit"
            icon={<Send aria-hidden />}
            isPending={comment.isPending}
            isDisabled={text.trim() === ''}
          >
            {t('comment.send')}
          </Button>
        }
      >
        {can('case:internal') ? (
          <FilterBar
            label={t('comment')}
            options={(['PUBLIC', 'INTERNAL'] as const).map((id) => ({ id, label: t(`comment.${id}`) }))}
            selected={[visibility]}
            onChange={([next]) => setVisibility(next ?? 'PUBLIC')}
          />
        ) : null}
        <TextField
          label={t('comment.text')}
          name="text"
          rows={4}
          value={text}
          onChange={setText}
          help={t(`comment.help.${visibility}`)}
        />
      </Form>
    </div>
  );
}
