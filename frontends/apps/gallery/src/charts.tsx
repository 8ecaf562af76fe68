import { format } from '@app/ui';
import { BarChart, LineChart } from '@app/ui/charts';
import { useText } from './text.ts';

const points = [12, 48, 31, 7, 22, 64, 19].map((delay, index) => ({
  name: format.date(`2026-11-${14 + index}`).replace(/\s?\d{4}$/, ''),
  delay,
  passengers: delay * 7,
}));

/** Two charts, each with its table. */
export default function Charts() {
  const t = useText();
  const whole = (value: number) => format.number(value);
  return (
    <>
      <BarChart
        label={t('delay')}
        points={points}
        series={[{ key: 'delay', name: t('delay'), format: whole }]}
      />
      <LineChart
        label={t('passengers')}
        points={points}
        series={[
          { key: 'passengers', name: t('passengers'), format: whole },
          { key: 'delay', name: t('delay'), format: whole },
        ]}
      />
    </>
  );
}
