import {
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { strings } from '../../strings/strings.ts';
import { References } from '../variables/References.tsx';
import { useVariableCompletion } from '../variables/useVariableCompletion.tsx';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';
import { rememberField } from './insertReference.ts';
import { keepIndent } from './keepIndent.ts';

interface TextControlProps {
  ids?: ControlIds;
  label?: string;
  value: string;
  onCommit: (value: string) => void;
  placeholder?: string;
  mono?: boolean;
  multiline?: boolean;
  rows?: number;
  /** Masked until the reader asks to see it. */
  secret?: boolean;
  inputMode?: 'numeric';
  /** References to variables are completed and marked. */
  takesVariables?: boolean;
  /** Every change is told at once, not when the field is left: for a draft that its owner commits. */
  live?: boolean;
  /** Names to choose from while typing; any other text may be typed too. */
  suggestions?: readonly string[];
  disabled?: boolean;
}

/**
 * A text that is committed as one step: when the field is left, or with Enter (Ctrl+Enter in a field of several lines).
 * Escape puts the committed value back. While it is edited it keeps its own undo, as text fields do.
 */
export function TextControl({ ids, label, value, onCommit, ...options }: TextControlProps) {
  const [draft, setDraft] = useState(value);
  const committed = useRef(value);
  const [isShown, setIsShown] = useState(false);
  // The list is long, and only the field that is written in shows it.
  const [isEntered, setIsEntered] = useState(false);
  useEffect(() => {
    committed.current = value;
    setDraft(value);
  }, [value]);

  // A selection elsewhere may take the field away before it loses the focus: what was typed is committed even then.
  const pending = useRef<{ draft: string; onCommit: (value: string) => void }>({ draft, onCommit });
  pending.current = { draft, onCommit };
  useEffect(
    () => () => {
      if (pending.current.draft !== committed.current) pending.current.onCommit(pending.current.draft);
    },
    [],
  );

  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const listId = useId();
  const completion = useVariableCompletion(field, {
    isOn: options.takesVariables === true,
    isMultiline: options.multiline === true,
    setText: setDraft,
  });

  const commit = () => {
    completion.close();
    if (draft === committed.current) return;
    committed.current = draft;
    onCommit(draft);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (completion.onKeyDown(event) || (options.multiline && options.mono && keepIndent(event))) return;
    if (event.key === 'Enter' && (!options.multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      commit();
    } else if (event.key === 'Escape' && draft !== committed.current) {
      event.stopPropagation();
      setDraft(committed.current);
    }
  };
  const shared = {
    ...ids,
    ...completion.aria,
    ref: field,
    'aria-label': label,
    className: styles.text,
    'data-mono': options.mono,
    placeholder: options.placeholder,
    disabled: options.disabled,
    spellCheck: false,
    autoComplete: 'off',
    value: draft,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setDraft(event.target.value);
      if (options.live) {
        committed.current = event.target.value;
        onCommit(event.target.value);
      }
      completion.look(event.target);
    },
    onSelect: (event: SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) => completion.look(event.currentTarget),
    'data-takes-variables': options.takesVariables,
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setIsEntered(true);
      if (options.takesVariables) rememberField(event.currentTarget);
    },
    onBlur: () => {
      setIsEntered(false);
      commit();
    },
    onKeyDown,
  };
  if (options.secret)
    return (
      <div className={styles.withButton}>
        <input {...shared} type={isShown ? 'text' : 'password'} />
        <button type="button" className={styles.sideButton} aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
          {isShown ? strings.inspector.controls.hide : strings.inspector.controls.show}
        </button>
      </div>
    );
  return (
    <>
      {options.multiline ? (
        <textarea {...shared} rows={options.rows ?? 4} wrap="off" />
      ) : (
        <input {...shared} type="text" inputMode={options.inputMode} list={options.suggestions ? listId : undefined} />
      )}
      {options.suggestions && isEntered && (
        <datalist id={listId}>
          {options.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {completion.list}
      {options.takesVariables && <References text={draft} />}
    </>
  );
}
