import { can } from '@app/sdk';
import { Button, Line, Menu, useCommands } from '@app/ui';
import { ChevronDown, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { CaseStatus } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { Assign } from './assign.tsx';
import { ChangePriority } from './change-priority.tsx';
import { Move } from './move.tsx';
import type { Found } from './page.tsx';
import { Resolve } from './resolve.tsx';

type Open = { act: 'assign' | 'priority' | 'resolve' } | { act: 'move'; to: CaseStatus } | null;

/** What can be done with the case. What its state does not allow is not offered. */
export function Acts({ found }: { found: Found }) {
  const t = useText();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const canResolve = found.nextStatuses.includes('RESOLVED');
  // Merging names another case, which is done from that one.
  const moves = found.nextStatuses.filter((status) => status !== 'RESOLVED' && status !== 'MERGED');
  const isInternal = can('case:internal');
  const resolve = () => setOpen({ act: 'resolve' });
  const assign = () => setOpen({ act: 'assign' });
  const entries = [
    ...(isInternal && found.isOpen
      ? [
          { id: 'assign', label: t('assign'), keys: 'a', run: assign },
          { id: 'priority', label: t('priority.change'), keys: 'p', run: () => setOpen({ act: 'priority' }) },
        ]
      : []),
    ...moves.map((to) => ({
      id: to,
      label: t('move.to', { status: t(`status.${to}`) }),
      run: () => setOpen({ act: 'move', to }),
    })),
  ];
  useCommands('case', [
    ...(canResolve ? [{ id: 'resolve', label: t('resolve'), keys: 'r', run: resolve }] : []),
    ...entries,
  ]);
  return (
    <Line>
      {canResolve ? (
        <Button tone="primary" icon={<CircleCheck aria-hidden />} onPress={resolve}>
          {t('resolve')}
        </Button>
      ) : null}
      {entries.length > 0 ? (
        <Menu
          label={t('more')}
          trigger={<Button icon={<ChevronDown aria-hidden />}>{t('move')}</Button>}
          entries={entries}
        />
      ) : null}
      {open?.act === 'resolve' ? <Resolve found={found} onClose={close} /> : null}
      {open?.act === 'assign' ? <Assign found={found} onClose={close} /> : null}
      {open?.act === 'priority' ? <ChangePriority found={found} onClose={close} /> : null}
      {open?.act === 'move' ? <Move found={found} to={open.to} onClose={close} /> : null}
    </Line>
  );
}
