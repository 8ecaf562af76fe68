/** Long tables: tens of thousands of rows, of which only those in sight are there. */
export { Grid } from './grid.tsx';
