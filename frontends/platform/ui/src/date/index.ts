/** Fields for dates. They are loaded where they are used. */
export { DateField } from './field.tsx';
