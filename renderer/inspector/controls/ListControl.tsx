import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';
import { TextControl } from './TextControl.tsx';

const words = strings.inspector.controls;

interface ListControlProps {
  /** What one entry is, e.g. "Command". */
  itemLabel: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  mono?: boolean;
}

/** A list of texts, one a row; an emptied row goes away when it is left. */
export function ListControl({ itemLabel, values, onChange, placeholder, mono }: ListControlProps) {
  const commit = (index: number, value: string) => {
    const next = [...values];
    if (value === '') next.splice(index, 1);
    else next[index] = value;
    onChange(next);
  };
  return (
    <div className={styles.list}>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are texts that may repeat; their place is their identity.
        <div className={styles.listRow} key={index}>
          <TextControl
            label={words.itemAt(itemLabel, index + 1)}
            value={value}
            mono={mono}
            onCommit={(committed) => commit(index, committed)}
          />
          <button
            type="button"
            className={styles.iconButton}
            aria-label={words.removeItem(itemLabel, index + 1)}
            onClick={() => commit(index, '')}
          >
            ×
          </button>
        </div>
      ))}
      <TextControl
        key={`new-${values.length}`}
        label={words.add(itemLabel)}
        value=""
        mono={mono}
        placeholder={placeholder ?? words.add(itemLabel)}
        onCommit={(value) => value !== '' && onChange([...values, value])}
      />
    </div>
  );
}
