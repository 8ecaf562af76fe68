import { can } from '@app/sdk';
import { Button, Line, Menu, useCommands } from '@app/ui';
import { Banknote, ChevronDown, CircleCheck } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useText } from '../text.ts';
import { Appeal, Withdraw } from './appeal.tsx';
import { Approve } from './approve.tsx';
import { Ask } from './ask.tsx';
import { Grant } from './grant.tsx';
import type { Claim } from './page.tsx';
import { Pay } from './pay.tsx';
import { Refuse } from './refuse.tsx';

type Act = 'grant' | 'approve' | 'refuse' | 'ask' | 'pay' | 'appeal' | 'withdraw';

type Dialog = (props: { claim: Claim; onClose: () => void }) => ReactElement;

const dialogs: Record<Act, Dialog> = {
  grant: Grant,
  approve: Approve,
  refuse: Refuse,
  ask: Ask,
  pay: Pay,
  appeal: Appeal,
  withdraw: Withdraw,
};

const keys: Partial<Record<Act, string>> = { grant: 'a', approve: 'a', refuse: 'x', ask: 'q', pay: 'p' };

/** What can be done with the claim. What its state or the session does not allow is not offered. */
export function Acts({ claim }: { claim: Claim }) {
  const t = useText();
  const [open, setOpen] = useState<Act | null>(null);
  const acts = actsOf(claim);
  const entries = acts.map((id) => ({
    id,
    label: t(`act.${id}`),
    ...(keys[id] ? { keys: keys[id] } : {}),
    run: () => setOpen(id),
  }));
  useCommands('claim', entries);
  const [first, ...others] = entries;
  const Open = open ? dialogs[open] : null;
  if (!first) return null;
  const Icon = first.id === 'pay' ? Banknote : CircleCheck;
  return (
    <Line>
      <Button tone="primary" icon={<Icon aria-hidden />} onPress={first.run}>
        {first.label}
      </Button>
      {others.length > 2 ? (
        <Menu
          label={t('act.more')}
          trigger={<Button icon={<ChevronDown aria-hidden />}>{t('act.more')}</Button>}
          entries={others}
        />
      ) : (
        others.map(({ id, label, run }) => (
          <Button key={id} onPress={run}>
            {label}
          </Button>
        ))
      )}
      {Open ? <Open claim={claim} onClose={() => setOpen(null)} /> : null}
    </Line>
  );
}

/** The acts that this session may do with the claim, the most likely one first. */
export function actsOf(claim: Claim): Act[] {
  const { status } = claim;
  const decides = can('claim:decide');
  const hasPayout = (claim.payouts?.nodes ?? []).some((payout) => payout.status !== 'CANCELLED');
  const mayAsk = can('case:write') && (claim.case ? claim.case.isOpen : claim.customer);
  const offered: [Act, boolean | undefined][] = [
    ['grant', decides && status === 'NEEDS_REVIEW'],
    ['approve', decides && status === 'NEEDS_APPROVAL'],
    ['pay', can('payout:request') && status === 'APPROVED' && !hasPayout],
    ['refuse', decides && (status === 'NEEDS_REVIEW' || status === 'NEEDS_APPROVAL')],
    ['ask', Boolean(mayAsk) && status === 'NEEDS_REVIEW'],
    ['appeal', can('claim:file') && status === 'REFUSED'],
    ['withdraw', can('claim:file') && claim.origin === 'FILED' && status === 'NEEDS_REVIEW'],
  ];
  return offered.flatMap(([act, isOffered]) => (isOffered ? [act] : []));
}
