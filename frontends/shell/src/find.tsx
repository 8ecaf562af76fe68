import { boot, can, navigate } from '@app/sdk';
import { format, useGraph } from '@app/ui';
import { Palette, type PaletteSection } from '@app/ui/palette';
import { useEffect, useState } from 'react';
import { ShellSearchDocument, type ShellSearchQueryVariables } from './gql/graphql.ts';
import { FrontendIcon } from './icons.tsx';
import { pageCommands } from './shortcuts.ts';
import { useText } from './text.ts';

const settle = 180;

/** Finds people, cases, flights, areas and commands. What is typed goes to the graph alone, and into no address. */
export default function Find({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [text, setText] = useState('');
  const found = useFound(text);
  const language = boot().locale.slice(0, 2);
  const fits = (label: string) => label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const areas = boot().frontends.map((frontend) => ({
    id: frontend.route,
    label: frontend.title[language] ?? frontend.name,
    icon: <FrontendIcon name={frontend.icon} />,
    run: () => navigate(frontend.route),
  }));
  const sections: PaletteSection[] = [
    ...found,
    { id: 'commands', label: t('commands'), entries: pageCommands().filter(({ label }) => fits(label)) },
    { id: 'areas', label: t('goto'), entries: areas.filter(({ label }) => fits(label)) },
  ];
  return (
    <Palette
      label={t('palette')}
      placeholder={t('palette.placeholder')}
      empty={t('palette.empty')}
      text={text}
      onText={setText}
      sections={sections}
      onClose={onClose}
    />
  );
}

function useFound(typed: string): PaletteSection[] {
  const t = useText();
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), settle);
    return () => clearTimeout(timer);
  }, [typed]);
  const variables = asked(text);
  const isAsked = variables.findCustomers || variables.findCase || variables.findFlights;
  const { data } = useGraph(ShellSearchDocument, variables, { enabled: isAsked });
  if (!data || !isAsked) return [];
  return [
    {
      id: 'customers',
      label: t('found.customers'),
      entries: (data.customers?.nodes ?? []).map(({ id, displayName, tier, homeAirport }) => ({
        id,
        label: displayName,
        detail: [tier, homeAirport].filter(Boolean).join(' · '),
        icon: <FrontendIcon name="customers" />,
        run: () => navigate(`/customers/${id}`),
      })),
    },
    {
      id: 'cases',
      label: t('found.case'),
      entries: (data.caseByReference ? [data.caseByReference] : []).map(({ id, reference, subject }) => ({
        id,
        label: reference,
        detail: subject,
        icon: <FrontendIcon name="cases" />,
        run: () => navigate(`/cases/${id}`),
      })),
    },
    {
      id: 'flights',
      label: t('found.flights'),
      entries: (data.flights?.nodes ?? []).map(({ id, designator, departsOn, origin, destination }) => ({
        id,
        label: designator,
        detail: `${origin?.iataCode} – ${destination?.iataCode} · ${format.date(departsOn)}`,
        icon: <FrontendIcon name="flights" />,
        run: () => navigate(`/flights/${id}`),
      })),
    },
  ];
}

/** What a text can mean: an address, a number, a case, a flight, or the beginning of a name. */
export function asked(text: string): ShellSearchQueryVariables {
  const flight = text.match(/^([A-Za-z]{2}|[A-Za-z]\d|\d[A-Za-z])\s?(\d{1,4})$/);
  const isCase = /^[A-Za-z]{2,4}-[\w-]+$/.test(text);
  const isEmail = /^\S+@\S+\.\S+$/.test(text);
  const isPhone = /^\+\d{7,15}$/.test(text.replaceAll(/[\s()-]/g, ''));
  const customer = isEmail
    ? { email: text }
    : isPhone
      ? { phone: text.replaceAll(/[\s()-]/g, '') }
      : /^[A-Za-z]{2}\s?\d[\d\s-]{6,}$/.test(text)
        ? { loyaltyNumber: text }
        : { name: text };
  return {
    customer,
    findCustomers: text.length >= 2 && !flight && !isCase && can('customer:read'),
    reference: text,
    findCase: isCase && can('case:read'),
    flight: flight ? { carrier: flight[1]?.toUpperCase() ?? '', number: Number(flight[2]) } : {},
    findFlights: Boolean(flight) && can('flight:read'),
  };
}
