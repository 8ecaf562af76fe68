import { type Money, money } from './format.ts';

/** Sums of amounts, one for each currency, the largest number first. Amounts of different currencies are never added. */
export function sumByCurrency(amounts: readonly (Money | null | undefined)[]): Money[] {
  const sums = new Map<string, number>();
  for (const amount of amounts) {
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amountMinor);
  }
  return [...sums]
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .sort((one, other) => other.amountMinor - one.amountMinor);
}

/** `EUR 1,200 · USD 300`: sums in several currencies on one line; null where there are none. */
export function amounts(sums: readonly Money[], options: { whole?: boolean } = {}): string | null {
  return sums.length === 0 ? null : sums.map((sum) => isolated(money(sum, options))).join(' · ');
}

// Latin codes inside a sentence from right to left would trade places with what stands beside them.
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** How many digits of an amount are less than one unit of its currency: 2 of `EUR`, 0 of `JPY`. */
export function minorDigits(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return maximumFractionDigits ?? 2;
  } catch {
    // What is no currency at all, the server says.
    return 2;
  }
}
