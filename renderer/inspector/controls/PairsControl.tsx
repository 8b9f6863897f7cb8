import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';
import { TextControl } from './TextControl.tsx';

const words = strings.inspector.controls;

interface PairsControlProps {
  /** What one entry is, e.g. "Variable". */
  itemLabel: string;
  pairs: readonly (readonly [string, string])[];
  onChange: (pairs: [string, string][]) => void;
  keyPlaceholder?: string;
  valuePlaceholder?: string;
  /** Values may refer to variables. */
  takesVariables?: boolean;
}

/** Names with values, one a row, in one box. A name that is emptied takes its row with it. */
export function PairsControl(props: PairsControlProps) {
  const {
    itemLabel,
    pairs,
    onChange,
    keyPlaceholder = words.name,
    valuePlaceholder = words.value,
    takesVariables,
  } = props;
  const copy = (): [string, string][] => pairs.map(([key, value]) => [key, value]);
  const setKey = (index: number, key: string) => {
    const next = copy();
    if (key === '') next.splice(index, 1);
    else next[index]![0] = key;
    onChange(next);
  };
  const setValue = (index: number, value: string) => {
    const next = copy();
    next[index]![1] = value;
    onChange(next);
  };
  return (
    <div className={styles.pairs}>
      {pairs.map(([key, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while they are edited; the place is the identity.
        <div className={styles.pair} key={index}>
          <TextControl
            label={words.nameOfItem(itemLabel, index + 1)}
            value={key}
            mono
            onCommit={(name) => setKey(index, name)}
          />
          <TextControl
            label={key ? words.valueOf(key) : words.valueOfItem(itemLabel, index + 1)}
            value={value}
            mono
            placeholder={valuePlaceholder}
            takesVariables={takesVariables}
            onCommit={(text) => setValue(index, text)}
          />
          <button
            type="button"
            className={styles.iconButton}
            aria-label={key ? words.remove(key) : words.removeItem(itemLabel, index + 1)}
            onClick={() => setKey(index, '')}
          >
            ×
          </button>
        </div>
      ))}
      <div className={styles.pair} data-new>
        <TextControl
          key={`new-${pairs.length}`}
          label={words.add(itemLabel)}
          value=""
          mono
          placeholder={keyPlaceholder}
          onCommit={(name) => name !== '' && onChange([...copy(), [name, '']])}
        />
      </div>
    </div>
  );
}
