import { strings } from '../strings/strings.ts';
import styles from './PausedView.module.css';

interface PausedVariablesProps {
  /** By 'namespace.key'. */
  values: Readonly<Record<string, string>>;
  /** What was typed, by the same names. */
  changed: Readonly<Record<string, string>>;
  onChange: (changed: Readonly<Record<string, string>>) => void;
}

/** The namespace of the pipeline's own variables: what people change first. */
const OWN = 'variables';
const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('.')));

/** The variables that a paused action can see: the pipeline's own as fields, those of each other namespace folded. */
export function PausedVariables({ values, changed, onChange }: PausedVariablesProps) {
  const texts = strings.debug;
  const names = Object.keys(values);
  if (names.length === 0) return <p className={styles.quiet}>{texts.noVariables}</p>;
  const textOf = (name: string) => changed[name] ?? values[name] ?? '';
  const isChanged = (name: string) => textOf(name) !== values[name];
  const fields = (shown: readonly string[]) =>
    shown.map((name) => (
      <label key={name} data-changed={isChanged(name) || undefined}>
        <span>{name}</span>
        <input
          value={textOf(name)}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...changed, [name]: event.target.value })}
        />
      </label>
    ));
  const inNamespace = (namespace: string) => names.filter((name) => namespaceOf(name) === namespace);
  const others = [...new Set(names.map(namespaceOf))].filter((namespace) => namespace !== OWN);
  return (
    <div className={styles.variables}>
      {fields(inNamespace(OWN))}
      {others.map((namespace) => {
        const shown = inNamespace(namespace);
        const count = shown.filter(isChanged).length;
        return (
          <details key={namespace}>
            <summary className={styles.summary}>
              {texts.variablesOf(namespace, shown.length)}
              {count > 0 && ` · ${texts.changed(count)}`}
            </summary>
            <div className={styles.variables}>{fields(shown)}</div>
          </details>
        );
      })}
      <p className={styles.quiet}>{texts.changeCounts}</p>
    </div>
  );
}
