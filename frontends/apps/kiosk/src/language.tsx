import { TextProvider, type Texts } from '@app/ui';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import styles from './kiosk.module.css';

/** The languages of a kiosk, in their own names. */
export const languages = { en: 'English', ar: 'العربية' } as const;
export type Language = keyof typeof languages;

const load: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
};
const locales: Record<Language, string> = { en: 'en-GB', ar: 'ar-AE-u-nu-latn' };

interface Spoken {
  language: Language;
  speak: (language: Language) => void;
  time: (at: string, zone: string | undefined) => string;
  day: (at: string, zone: string | undefined) => string;
  duration: (minutes: number) => string;
}

const Current = createContext<Spoken | null>(null);

/** Everything that depends on the language; it changes without a new page, so that a lost line does not matter. */
export function Languages({
  language,
  onChange,
  children,
}: {
  language: Language;
  onChange: (language: Language) => void;
  children: ReactNode;
}) {
  const [texts, setTexts] = useState<Partial<Record<Language, Texts>>>({});
  // Both are loaded at once: when the line is lost, the other language is there.
  useEffect(() => {
    const all = Object.entries(load) as [Language, (typeof load)[Language]][];
    for (const [id, texts] of all) {
      void texts().then(({ default: found }) => setTexts((before) => ({ ...before, [id]: found })));
    }
  }, []);
  const spoken = useMemo(() => speakerOf(language, onChange), [language, onChange]);
  const own = texts[language];
  if (!own) return null;
  return (
    <Current value={spoken}>
      <TextProvider texts={own}>
        <div className={styles.spoken} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
          {children}
        </div>
      </TextProvider>
    </Current>
  );
}

/** The language of the moment, and how it writes times. */
export function useLanguage(): Spoken {
  const spoken = useContext(Current);
  if (!spoken) throw new Error('useLanguage is used inside <Languages>');
  return spoken;
}

function speakerOf(language: Language, speak: (language: Language) => void): Spoken {
  const locale = locales[language];
  const format = (options: Intl.DateTimeFormatOptions, at: string, timeZone: string | undefined) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: timeZone ?? 'UTC' }).format(new Date(at));
  const unit = (value: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  return {
    language,
    speak,
    time: (at, zone) => format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at, zone),
    day: (at, zone) => format({ weekday: 'long', day: 'numeric', month: 'long' }, at, zone),
    duration: (minutes) => {
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      return [hours ? unit(hours, 'hour') : '', rest || !hours ? unit(rest, 'minute') : '']
        .filter(Boolean)
        .join(' ');
    },
  };
}
