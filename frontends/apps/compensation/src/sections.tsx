import { can } from '@app/sdk';
import { Sections } from '@app/ui';
import { useText } from './text.ts';

const needs = {
  claims: 'claim:read',
  payouts: 'payout:read',
  exposure: 'exposure:read',
  rules: 'rule:read',
} as const;

/** One of the pages of this area. */
export type Place = keyof typeof needs;

/** The pages of this area that the session may open. */
export function Places({ current }: { current: Place }) {
  const t = useText();
  const open = (Object.keys(needs) as Place[]).filter((id) => can(needs[id]));
  return (
    <Sections
      label={t('compensation')}
      current={current}
      sections={open.map((id) => ({
        id,
        label: t(`place.${id}`),
        href: id === 'claims' ? '/claims' : `/claims/${id}`,
      }))}
    />
  );
}
