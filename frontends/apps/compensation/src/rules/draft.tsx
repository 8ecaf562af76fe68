import { navigate } from '@app/sdk';
import {
  Banner,
  Button,
  Card,
  Columns,
  Line,
  Loaded,
  Page,
  Skeleton,
  Stack,
  TextField,
  useChange,
  useCommands,
  useGraph,
  useProblems,
  useSearch,
} from '@app/ui';
import { useRef, useState } from 'react';
import {
  DraftRulePackDocument,
  RulePackListDocument,
  RulePackPageDocument,
  ValidateRulePackDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { Editor, type EditorHandle } from './editor.tsx';
import type { Version } from './page.tsx';
import { type Fault, Faults } from './problems.tsx';

/** Makes a new version of a pack, from the text of one that there is. */
export default function DraftPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(RulePackPageDocument, { id });
  const from = Number(useSearch().get('from'));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('draft.new')}>
          <Skeleton kind="card" lines={8} />
        </Page>
      }
    >
      {({ rulePack: pack }) => {
        const base = pack?.versions.find(({ version }) => version === from) ?? pack?.versions[0];
        return base ? <Draft base={base} /> : <Page title={t('packs.none')}>{null}</Page>;
      }}
    </Loaded>
  );
}

function Draft({ base }: { base: Version }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const editor = useRef<EditorHandle>(null);
  const [text, setText] = useState(base.text);
  const [note, setNote] = useState('');
  const [faults, setFaults] = useState<Fault[] | null>(null);
  const validate = useChange(ValidateRulePackDocument, [RulePackListDocument]);
  const draft = useChange(DraftRulePackDocument, [RulePackPageDocument, RulePackListDocument]);
  const [problems, take] = useProblems();
  const check = async () => {
    const { validateRulePack: found } = await validate.mutateAsync({ text });
    setFaults(found.problems);
  };
  const keep = async () => {
    const { draftRulePack: outcome } = await draft.mutateAsync({
      input: { text, note: note.trim() || null, idempotencyKey: key.current },
    });
    key.current = crypto.randomUUID();
    if (outcome.__typename === 'RulePackRefused') return setFaults(outcome.problems);
    if (take(outcome) && outcome.__typename === 'RulePackDrafted') {
      const { packId, version } = outcome.version;
      navigate(`/claims/rules/${encodeURIComponent(packId)}?version=${version}`);
    }
  };
  useCommands('rule-draft', [
    { id: 'check', label: t('draft.check'), run: () => void check() },
    { id: 'keep', label: t('draft.keep'), run: () => void keep() },
  ]);
  return (
    <Page
      title={t('draft.of', { pack: base.packId, version: base.version })}
      width="full"
      crumbs={[
        { label: t('rules'), href: '/claims/rules' },
        { label: base.packId, href: `/claims/rules/${encodeURIComponent(base.packId)}` },
      ]}
      actions={
        <Line>
          <Button tone="primary" onPress={() => void keep()} isPending={draft.isPending}>
            {t('draft.keep')}
          </Button>
          <Button onPress={() => void check()} isPending={validate.isPending}>
            {t('draft.check')}
          </Button>
        </Line>
      }
      answer={t('draft.now')}
    >
      <Columns
        aside={
          <Stack>
            {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
            <Found faults={faults} onGo={(fault) => editor.current?.go(fault)} />
            <Card>
              <TextField
                label={t('draft.note')}
                help={t('draft.note.help')}
                value={note}
                onChange={setNote}
                rows={4}
                maxLength={2000}
              />
            </Card>
          </Stack>
        }
      >
        <Editor
          value={text}
          onChange={setText}
          faults={faults ?? []}
          onCheck={() => void check()}
          handle={editor}
        />
      </Columns>
    </Page>
  );
}

function Found({ faults, onGo }: { faults: Fault[] | null; onGo: (fault: Fault) => void }) {
  const t = useText();
  if (faults === null) return <Banner>{t('draft.unchecked')}</Banner>;
  if (faults.length === 0) return <Banner tone="success">{t('draft.sound')}</Banner>;
  return (
    <Card title={t('faults')} count={String(faults.length)} flush>
      <Faults faults={faults} onGo={onGo} />
    </Card>
  );
}
