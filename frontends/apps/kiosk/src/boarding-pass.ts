/**
 * Bar Coded Boarding Passes (IATA resolution 792, format M). Only what leads to the flights is read: the name stays in
 * the text, and nothing of it is ever sent.
 */

/** One flight of a boarding pass. */
export interface Leg {
  /** IATA code of the operating carrier: `EK`. */
  carrier: string;
  number: number;
  origin: string;
  destination: string;
  /** The day of departure, as a calendar says it at the origin: `2026-11-20`. */
  departsOn: string;
  /** `21C`; null where none was given. */
  seat: string | null;
}

/** Where the mandatory items of a leg stand, from its start: the first leg begins after 23 characters. */
const leg = {
  origin: [7, 10],
  destination: [10, 13],
  carrier: [13, 16],
  number: [16, 21],
  day: [21, 24],
  seat: [25, 29],
  size: [35, 37],
} as const;
const header = 23;
const length = 37;
const most = 4;

/**
 * Reads the flights of a boarding pass.
 *
 * @param text what a scanner gave
 * @param now the pass says the day of the year and no year: the nearest such day is meant
 * @returns its flights in order; null where the text is no boarding pass
 */
export function readBoardingPass(text: string, now: Date): Leg[] | null {
  const count = Number(text[1]);
  if (text[0] !== 'M' || !(count >= 1 && count <= most)) return null;
  const legs: Leg[] = [];
  let start = header;
  for (let index = 0; index < count; index++) {
    const part = (name: keyof typeof leg) => text.slice(start + leg[name][0], start + leg[name][1]);
    const read = readLeg(part, now);
    if (!read || !/^[0-9A-F]{2}$/.test(part('size'))) return null;
    legs.push(read);
    start += length + Number.parseInt(part('size'), 16);
    if (text.length < start) return null;
  }
  return legs;
}

function readLeg(part: (name: keyof typeof leg) => string, now: Date): Leg | null {
  const [origin, destination, carrier] = [part('origin'), part('destination'), part('carrier').trim()];
  const number = /^(\d{4})[A-Z ]?$/.exec(part('number'))?.[1];
  const departsOn = /^\d{3}$/.test(part('day')) ? nearest(Number(part('day')), now) : null;
  const isAirport = (code: string) => /^[A-Z]{3}$/.test(code);
  if (!isAirport(origin) || !isAirport(destination) || !/^[A-Z0-9]{2,3}$/.test(carrier)) return null;
  if (!number || !departsOn) return null;
  const seat = /^0*(\d{1,3}[A-Z])$/.exec(part('seat').trim())?.[1] ?? null;
  return { carrier, number: Number(number), origin, destination, departsOn, seat };
}

// The day of the year that is nearest to now, of the years before, of now, and after.
function nearest(day: number, now: Date): string | null {
  const year = now.getUTCFullYear();
  const candidates = [year - 1, year, year + 1]
    .map((one) => new Date(Date.UTC(one, 0, day)))
    .filter((date, index) => day >= 1 && date.getUTCFullYear() === year - 1 + index);
  const away = (date: Date) => Math.abs(date.getTime() - now.getTime());
  const [found] = candidates.sort((one, other) => away(one) - away(other));
  return found?.toISOString().slice(0, 10) ?? null;
}

/** A flight number as people say it: `EK47`, `LH 400`. Null where it is none. */
export function readFlightNumber(text: string): { carrier: string; number: number } | null {
  const found = /^([A-Z][A-Z0-9]|[0-9][A-Z])\s*0*(\d{1,4})$/.exec(text.trim().toUpperCase());
  return found?.[1] && found[2] && Number(found[2]) > 0
    ? { carrier: found[1], number: Number(found[2]) }
    : null;
}
