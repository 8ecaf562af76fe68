import type { format } from '@app/ui';

interface Total {
  ruleId: string;
  count: number;
  provisional: number;
  amount: format.Money;
}

/** What one rule grants in one currency, by the rules in force and by the version. */
export interface Comparison {
  ruleId: string;
  currency: string;
  before: number;
  after: number;
  provisional: number;
  sumBefore: number;
  sumAfter: number;
  isChanged: boolean;
}

/** Puts the totals of both side by side: those that change first, then by rule. */
export function compare(current: readonly Total[], simulated: readonly Total[]): Comparison[] {
  const lines = new Map<string, Comparison>();
  const line = ({ ruleId, amount: { currency } }: Total): Comparison => {
    const key = `${ruleId} ${currency}`;
    const known = lines.get(key);
    if (known) return known;
    const none = { before: 0, after: 0, provisional: 0, sumBefore: 0, sumAfter: 0, isChanged: false };
    const made = { ruleId, currency, ...none };
    lines.set(key, made);
    return made;
  };
  for (const total of current) {
    const one = line(total);
    one.before += total.count;
    one.sumBefore += total.amount.amountMinor;
  }
  for (const total of simulated) {
    const one = line(total);
    one.after += total.count;
    one.provisional += total.provisional;
    one.sumAfter += total.amount.amountMinor;
  }
  for (const one of lines.values()) {
    one.isChanged = one.before !== one.after || one.sumBefore !== one.sumAfter;
  }
  return [...lines.values()].sort(
    (one, other) =>
      Number(other.isChanged) - Number(one.isChanged) ||
      one.ruleId.localeCompare(other.ruleId) ||
      one.currency.localeCompare(other.currency),
  );
}
