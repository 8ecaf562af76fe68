import { boot } from '@app/sdk';

/** An amount as the graph gives it. */
export interface Money {
  amountMinor: number;
  currency: string;
}

type Instant = string | Date;

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => Format,
): Format {
  const known = cache.get(key) as Format | undefined;
  if (known) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** `EUR 600.00`, `600.00 €`: as the locale writes it, with the code where the sign would not be plain. */
export function money({ amountMinor, currency }: Money, options: { whole?: boolean } = {}): string {
  const key = `m${currency}${options.whole}`;
  const format = cached(key, () => {
    const base = { style: 'currency', currency, currencyDisplay: 'code' } as const;
    return new Intl.NumberFormat(boot().locale, options.whole ? { ...base, maximumFractionDigits: 0 } : base);
  });
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}

/** `12,345`. */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return cached(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(boot().locale, options)).format(
    value,
  );
}

/** `20 Nov 2026`; a plain date (`2026-11-20`) is the same day everywhere. */
export function date(value: Instant, options: { timeZone?: string; weekday?: boolean } = {}): string {
  const isPlain = typeof value === 'string' && value.length === 10;
  const timeZone = isPlain ? 'UTC' : options.timeZone;
  return dateFormat({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(options.weekday ? { weekday: 'short' } : {}),
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(value));
}

/** `14:45`, at the place of the time zone where one is given: an airport's. */
export function time(value: Instant, timeZone?: string): string {
  return dateFormat({
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(value));
}

/** `20 Nov 2026, 14:45`. */
export function dateTime(value: Instant, timeZone?: string): string {
  return dateFormat({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(value));
}

/** `3h 40m`; the two largest units, so that four days do not end in minutes. */
export function duration(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  const parts = [
    { unit: 'day', value: Math.floor(whole / 1440) },
    { unit: 'hour', value: Math.floor((whole % 1440) / 60) },
    { unit: 'minute', value: whole % 60 },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ value }) => value > 0);
  const isLong = (parts[0]?.value ?? 0) > 30;
  return shown
    .slice(0, isLong ? 1 : 2)
    .map(({ unit, value }) => number(value, { style: 'unit', unit, unitDisplay: 'narrow' }))
    .join(' ');
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `2 hours ago`, `in 3 days`. */
export function relative(value: Instant, now: Date = new Date()): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(boot().locale, { numeric: 'auto' });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

/** `a, b and c`. */
export function list(items: string[]): string {
  return new Intl.ListFormat(boot().locale, { type: 'conjunction' }).format(items);
}

/** The name of a country by its code: `AE` is `United Arab Emirates`. */
export function country(code: string): string {
  return new Intl.DisplayNames(boot().locale, { type: 'region' }).of(code) ?? code;
}

/** The name of a language by its tag: `ar-AE` is `Arabic (United Arab Emirates)`. */
export function language(tag: string): string {
  return new Intl.DisplayNames(boot().locale, { type: 'language' }).of(tag) ?? tag;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(boot().locale, options));
}
