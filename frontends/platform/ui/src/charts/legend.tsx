import styles from './legend.module.css';

/** Says which colour stands for what, in the order of the series of a chart. */
export function Legend({ names }: { names: string[] }) {
  return (
    <ul className={styles.legend}>
      {names.map((name, index) => (
        <li key={name}>
          <span
            className={styles.swatch}
            style={{ background: `var(--chart-${(index % 4) + 1})` }}
            aria-hidden
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
