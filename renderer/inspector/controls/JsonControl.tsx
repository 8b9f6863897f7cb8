import { useState } from 'react';
import { strings } from '../../strings/strings.ts';
import { pairsOf } from '../fieldState.ts';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';
import { PairsControl } from './PairsControl.tsx';
import { TextControl } from './TextControl.tsx';

const words = strings.inspector.controls;

interface JsonControlProps {
  ids: ControlIds;
  label: string;
  value: string;
  placeholder: string | undefined;
  onCommit: (value: string) => void;
}

/** A JSON text: as rows where it is a plain object of texts, else as text that can be laid out. */
export function JsonControl({ ids, label, value, placeholder, onCommit }: JsonControlProps) {
  const [isText, setIsText] = useState(false);
  // The example says what the field holds; a value that is more than that can only be edited as text.
  const pairs = pairsOf(placeholder ?? '')?.length ? pairsOf(value) : undefined;
  const showsRows = pairs !== undefined && !isText;
  const pretty = formatted(value);
  return (
    <>
      {showsRows ? (
        <PairsControl
          itemLabel={words.key}
          keyPlaceholder={words.add(words.key)}
          takesVariables
          pairs={pairs}
          onChange={(next) => onCommit(next.length ? JSON.stringify(Object.fromEntries(next)) : '')}
        />
      ) : (
        <TextControl
          ids={ids}
          mono
          multiline
          takesVariables
          rows={Math.min(14, Math.max(3, value.split('\n').length))}
          value={value}
          placeholder={placeholder}
          onCommit={onCommit}
        />
      )}
      <div className={styles.tools}>
        {pairs !== undefined && (
          <button
            type="button"
            className={styles.tool}
            aria-label={isText ? words.editAsRows(label) : words.editAsText(label)}
            onClick={() => setIsText(!isText)}
          >
            {isText ? words.asRows : words.asText}
          </button>
        )}
        {!showsRows && pretty !== undefined && (
          <button
            type="button"
            className={styles.tool}
            aria-label={pretty === value ? words.putOnOneLine(label) : words.putOnLines(label)}
            onClick={() => onCommit(pretty === value ? JSON.stringify(JSON.parse(value)) : pretty)}
          >
            {pretty === value ? words.onOneLine : words.layOut}
          </button>
        )}
      </div>
    </>
  );
}

/** The text laid out by two spaces; undefined where it is no JSON, or too short to have lines. */
function formatted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}
