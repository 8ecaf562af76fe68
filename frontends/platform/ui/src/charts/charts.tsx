import { boot } from '@app/sdk';
import type { ReactNode } from 'react';
import {
  Bar,
  CartesianGrid,
  Line,
  BarChart as RechartsBars,
  LineChart as RechartsLines,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useOwnText } from '../text.tsx';
import styles from './charts.module.css';

/** One figure of each point: its key in the points, its name, and how it is written. */
export interface ChartSeries {
  key: string;
  name: string;
  format?: (value: number) => string;
}

interface ChartProps {
  /** What the chart shows, in words. */
  label: string;
  /** Each with `name`, and a number for each series. */
  points: Record<string, string | number>[];
  series: ChartSeries[];
  height?: number;
}

const colours = ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)', 'var(--chart-4)'];

/** Compares figures of a few things. */
export function BarChart({ height = 240, ...chart }: ChartProps) {
  return (
    <Framed {...chart}>
      <ResponsiveContainer width="100%" height={height}>
        <RechartsBars data={chart.points} margin={{ top: 8, right: 8, bottom: 0, left: 8 }}>
          {axes(chart.series)}
          {chart.series.map(({ key, name }, index) => (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              fill={colours[index % colours.length] ?? ''}
              radius={[3, 3, 0, 0]}
              isAnimationActive={false}
            />
          ))}
        </RechartsBars>
      </ResponsiveContainer>
    </Framed>
  );
}

/** Shows how figures change. */
export function LineChart({ height = 240, ...chart }: ChartProps) {
  return (
    <Framed {...chart}>
      <ResponsiveContainer width="100%" height={height}>
        <RechartsLines data={chart.points} margin={{ top: 8, right: 8, bottom: 0, left: 8 }}>
          {axes(chart.series)}
          {chart.series.map(({ key, name }, index) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={colours[index % colours.length] ?? ''}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </RechartsLines>
      </ResponsiveContainer>
    </Framed>
  );
}

function axes(series: ChartSeries[]) {
  const isMirrored = boot().dir === 'rtl';
  const written = (value: number) => series[0]?.format?.(value) ?? String(value);
  const tick = { fill: 'var(--text-quiet)', fontSize: 12 };
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="name"
      tick={tick}
      tickLine={false}
      axisLine={{ stroke: 'var(--line)' }}
      reversed={isMirrored}
    />,
    <YAxis
      key="y"
      tick={tick}
      tickLine={false}
      axisLine={false}
      width={56}
      tickFormatter={written}
      orientation={isMirrored ? 'right' : 'left'}
    />,
    <Tooltip
      key="tooltip"
      isAnimationActive={false}
      formatter={(value) => written(Number(value))}
      contentStyle={{
        background: 'var(--surface)',
        border: '1px solid var(--line)',
        borderRadius: 6,
        color: 'var(--text)',
      }}
      cursor={{ fill: 'var(--surface-hover)' }}
    />,
  ];
}

function Framed({ label, points, series, children }: ChartProps & { children: ReactNode }) {
  const t = useOwnText();
  return (
    <figure className={styles.figure}>
      <div role="img" aria-label={label} dir="ltr">
        {children}
      </div>
      <details className={styles.table}>
        <summary>{t('table.of')}</summary>
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col" />
              {series.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={String(point.name)}>
                <th scope="row">{point.name}</th>
                {series.map(({ key, format }) => (
                  <td key={key}>{format ? format(Number(point[key])) : point[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
