import styles from './controls.module.css';

interface ChoicesControlProps {
  /** Comma-separated, as AWS has it. */
  value: string;
  values: readonly string[];
  onCommit: (value: string) => void;
}

const itemsOf = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Several of a few values, each a box to tick. A value that is not among them stays and can be taken away. */
export function ChoicesControl({ value, values, onCommit }: ChoicesControlProps) {
  const chosen = itemsOf(value);
  const all = [...values, ...chosen.filter((item) => !values.includes(item))];
  return (
    <div className={styles.choices}>
      {all.map((item) => (
        <label key={item} className={styles.choice}>
          <input
            type="checkbox"
            checked={chosen.includes(item)}
            onChange={(event) =>
              onCommit(
                (event.target.checked
                  ? all.filter((one) => one === item || chosen.includes(one))
                  : chosen.filter((one) => one !== item)
                ).join(','),
              )
            }
          />
          <span>{item}</span>
        </label>
      ))}
    </div>
  );
}
