import { Badge, Card, Empty, format, Line, type Tone } from '@app/ui';
import { Check, CircleHelp, Minus, X } from 'lucide-react';
import type { VerdictFragment } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { RegimeName } from '../status.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import type { Claim } from './page.tsx';

type Outcome = 'granted' | 'open' | 'nothing' | 'out';

const icons = { granted: Check, open: CircleHelp, nothing: X, out: Minus };
const tones: Record<Outcome, Tone> = {
  granted: 'success',
  open: 'warning',
  nothing: 'neutral',
  out: 'neutral',
};
const order: Outcome[] = ['granted', 'open', 'nothing', 'out'];

/** Every rule that was asked, what it said, and by which article. */
export function Rules({ claim }: { claim: Claim }) {
  const t = useText();
  const own = claim.trace;
  const all = claim.disruption?.assessments?.nodes ?? [];
  const verdicts = newest([...(own ? [own] : []), ...all]).sort(
    (one, other) =>
      Number(other.id === own?.id) - Number(one.id === own?.id) ||
      order.indexOf(outcomeOf(one)) - order.indexOf(outcomeOf(other)),
  );
  return (
    <Card
      title={t('rules.tried')}
      count={verdicts.length > 0 ? format.number(verdicts.length) : undefined}
      flush
    >
      {verdicts.length === 0 ? <Empty title={t('rules.none')}>{t('rules.none.text')}</Empty> : null}
      <ol>
        {verdicts.map((verdict) => (
          <Verdict key={verdict.id} verdict={verdict} isOwn={verdict.id === own?.id} />
        ))}
      </ol>
    </Card>
  );
}

function Verdict({ verdict, isOwn }: { verdict: VerdictFragment; isOwn: boolean }) {
  const t = useText();
  const owed = useOwed();
  const outcome = outcomeOf(verdict);
  const Icon = icons[outcome];
  return (
    <li className={styles.verdict} data-outcome={outcome}>
      <Icon aria-hidden className={styles.mark} />
      <div className={styles.said}>
        <Line>
          <strong>
            <RegimeName regime={verdict.regime} />
          </strong>
          <Badge tone={tones[outcome]}>{t(`outcome.${outcome}`)}</Badge>
          {isOwn ? <Badge tone="accent">{t('rule.own')}</Badge> : null}
        </Line>
        <p dir="auto">{verdict.why}</p>
        {verdict.entitlements.map((one) => (
          <p key={`${one.kind}${one.basis}`} className={styles.grant}>
            <strong>
              {one.care.length > 0 ? format.list(one.care.map((item) => t(`care.${item}`))) : owed(one)}
            </strong>
            <span>{t(`kind.${one.kind}`)}</span>
            <bdi className={styles.quiet}>{one.basis}</bdi>
            {one.dueBy ? (
              <span className={styles.quiet}>{t('grant.due', { date: format.date(one.dueBy) })}</span>
            ) : null}
            {one.isProvisional ? <Badge tone="warning">{t('grant.provisional')}</Badge> : null}
            {one.isChoice ? <Badge>{t('grant.choice')}</Badge> : null}
            {one.satisfiedBy ? (
              <Badge>{t('grant.satisfied', { regime: t(`regime.${one.satisfiedBy}`) })}</Badge>
            ) : null}
          </p>
        ))}
        {verdict.flags.map((flag) => (
          <p key={flag.message} className={styles.flag} dir="auto">
            {flag.message}
          </p>
        ))}
        <small className={styles.quiet}>
          <bdi>{t('rule.version', { rule: verdict.ruleId, version: verdict.ruleVersion })}</bdi>
        </small>
      </div>
    </li>
  );
}

/** What a rule comes to for the person who reads. */
export function outcomeOf(verdict: VerdictFragment): Outcome {
  if (!verdict.applies) return 'out';
  if (!verdict.isSettled) return 'open';
  return verdict.entitlements.length > 0 ? 'granted' : 'nothing';
}

// The same question is asked again with every report; the last answer counts.
function newest(verdicts: VerdictFragment[]): VerdictFragment[] {
  const found = new Map<string, VerdictFragment>();
  for (const verdict of verdicts) {
    const key = `${verdict.regime} ${verdict.answer}`;
    const known = found.get(key);
    if (!known || (verdict.assessedAt ?? '') > (known.assessedAt ?? '')) found.set(key, verdict);
  }
  return [...found.values()];
}
