import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';

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

  const commit = () => {
    if (draft === committed.current) return;
    committed.current = draft;
    onCommit(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
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
    'aria-label': label,
    className: styles.text,
    'data-mono': options.mono,
    placeholder: options.placeholder,
    disabled: options.disabled,
    spellCheck: false,
    autoComplete: 'off',
    value: draft,
    onBlur: commit,
    onKeyDown,
  };
  if (options.multiline)
    return (
      <textarea {...shared} rows={options.rows ?? 4} wrap="off" onChange={(event) => setDraft(event.target.value)} />
    );
  if (!options.secret)
    return (
      <input {...shared} type="text" inputMode={options.inputMode} onChange={(event) => setDraft(event.target.value)} />
    );
  return (
    <div className={styles.withButton}>
      <input {...shared} type={isShown ? 'text' : 'password'} onChange={(event) => setDraft(event.target.value)} />
      <button type="button" className={styles.sideButton} aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}
