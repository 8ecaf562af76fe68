/** Charts, each with the table of its figures. */
export { BarChart, type ChartSeries, LineChart } from './charts.tsx';
export { Legend } from './legend.tsx';
