import type { KeyboardEvent } from 'react';

/**
 * A new line of a code field begins as the one above it: what is written there is YAML, JSON or shell. Answers whether the key
 * was one for a new line and has been dealt with.
 */
export function keepIndent(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, currentTarget: field, nativeEvent } = event;
  if (key !== 'Enter' || ctrlKey || metaKey || altKey || shiftKey || nativeEvent.isComposing) return false;
  const before = field.value.slice(0, field.selectionStart ?? 0);
  const indent = /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n') + 1))![0];
  // The command alone keeps the field's own undo; where there is none, the line begins at its start as in any field.
  if (indent === '' || !document.execCommand('insertText', false, `\n${indent}`)) return false;
  event.preventDefault();
  return true;
}
