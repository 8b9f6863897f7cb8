import { useId, useMemo, useState } from 'react';
import type { ZodType } from 'zod';
import { isSame } from '../../shared/model/isSame.ts';
import { strings } from '../strings/strings.ts';
import { CopyButton } from './controls/CopyButton.tsx';
import controls from './controls/controls.module.css';
import { TextControl } from './controls/TextControl.tsx';
import { jsonFault } from './fieldState.ts';
import styles from './Inspector.module.css';

interface JsonTabProps {
  value: unknown;
  name: string;
  /** What AWS takes there; faults are told while typing. */
  schema: ZodType;
  /** Takes the edited value over as one step. Answers false when it was refused. */
  onApply: (value: Record<string, unknown>) => boolean;
}

/** The declaration of the selection as AWS has it, to read, copy and edit. It is taken over when asked, as one step. */
export function JsonTab({ value, name, schema, onApply }: JsonTabProps) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const [draft, setDraft] = useState<{ of: string; text: string }>();
  // A change from elsewhere (undo, the canvas) wins over a draft that was never taken over.
  const shown = draft?.of === text ? draft.text : text;
  const id = useId();
  const { faults, parsed } = useMemo(() => judge(shown, schema), [shown, schema]);
  const isChanged = shown !== text;
  const canApply = isChanged && parsed !== undefined && !isSame(parsed, value);
  const apply = () => {
    if (parsed !== undefined && canApply && onApply(parsed)) setDraft(undefined);
  };
  return (
    <>
      <div className={styles.jsonHead}>
        <span className={styles.quiet}>{isChanged ? words.edited : words.asInAws}</span>
        <CopyButton text={shown} label={words.copy(name)} />
      </div>
      <TextControl
        key={text}
        label={words.of(name)}
        ids={{ id, 'aria-describedby': `${id}-faults`, 'aria-invalid': parsed === undefined || undefined }}
        mono
        multiline
        live
        rows={Math.min(28, Math.max(8, shown.split('\n').length + 1))}
        value={shown}
        onCommit={(next) => setDraft({ of: text, text: next })}
      />
      <div id={`${id}-faults`}>
        {faults.length > 0 && (
          <ul className={controls.problems}>
            {faults.map((fault) => (
              <li key={fault} data-severity={parsed === undefined ? 'error' : 'warning'}>
                {fault}
              </li>
            ))}
          </ul>
        )}
      </div>
      {isChanged && (
        <div className={styles.buttons}>
          <button type="button" className={controls.sideButton} disabled={!canApply} onClick={apply}>
            {words.apply}
          </button>
          <button type="button" className={controls.sideButton} data-quiet="true" onClick={() => setDraft(undefined)}>
            {words.discard}
          </button>
        </div>
      )}
    </>
  );
}

const words = strings.inspector.action.json;
const MOST_FAULTS = 6;

/** The value of a text, where it is an object, and what is wrong with it, in sentences. */
function judge(text: string, schema: ZodType): { faults: string[]; parsed?: Record<string, unknown> } {
  const fault = text.trim() === '' ? words.empty : jsonFault(text);
  if (fault) return { faults: [fault] };
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { faults: [words.noObject] };
  const { error } = schema.safeParse(parsed);
  const faults = (error?.issues ?? []).slice(0, MOST_FAULTS).map(({ path, message }) => {
    const at = path.map(String).join('.');
    return at === '' ? message : `${at}: ${message}`;
  });
  return { faults, parsed: parsed as Record<string, unknown> };
}
