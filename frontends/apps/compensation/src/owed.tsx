import { format } from '@app/ui';
import { useText } from './text.ts';

/** What is owed: money or miles. Nothing is named yet where there is neither. */
export function useOwed(): (debt: { amount?: format.Money | null; miles?: number | null }) => string {
  const t = useText();
  return ({ amount, miles }) => {
    if (amount && amount.currency !== 'XXX') return format.money(amount);
    const count = miles ?? amount?.amountMinor;
    return count ? t('miles', { count: format.number(count) }) : t('owed.open');
  };
}
