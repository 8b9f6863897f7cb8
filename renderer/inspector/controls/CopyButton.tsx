import { useState } from 'react';
import { notifyFailure } from '../../state/uiStore.ts';
import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';

/** Copies a text and says that it did. */
export function CopyButton({
  text,
  label,
  isQuiet = false,
}: {
  text: string | (() => string);
  label: string;
  isQuiet?: boolean;
}) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setIsCopied(true);
    } catch (error) {
      notifyFailure('clipboard.write', error);
    }
  };
  return (
    <button
      type="button"
      className={styles.sideButton}
      data-quiet={isQuiet}
      aria-label={label}
      onBlur={() => setIsCopied(false)}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{isCopied ? strings.inspector.controls.copied : strings.inspector.controls.copy}</span>
    </button>
  );
}
