import { FormRow } from '../inspector/controls/FormRow.tsx';
import { type Option, SelectControl } from '../inspector/controls/SelectControl.tsx';
import { SwitchControl } from '../inspector/controls/SwitchControl.tsx';
import { strings } from '../strings/strings.ts';
import type { EventDraft } from './eventDraft.ts';
import styles from './triggers.module.css';

const words = strings.triggers.event;
const optionsOf = (labels: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const KINDS = optionsOf(words.kinds);
const EVENTS = optionsOf(words.events);

/** What happened in the repository, as a form. */
export function EventFields({
  draft,
  sources,
  onChange,
}: {
  draft: EventDraft;
  /** The source actions that read a repository, 'Stage/Action'. */
  sources: readonly string[];
  onChange: (changed: Partial<EventDraft>) => void;
}) {
  const name = (key: 'branch' | 'tag' | 'sourceBranch' | 'destinationBranch' | 'pullRequestId' | 'title') => (
    <FormRow label={words[key]}>
      {(ids) => (
        <input
          {...ids}
          className={styles.input}
          value={draft[key]}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </FormRow>
  );
  return (
    <>
      <FormRow label={words.kind}>
        {(ids) => (
          <SelectControl
            ids={ids}
            value={draft.kind}
            options={KINDS}
            onChange={(kind) => onChange({ kind: kind as EventDraft['kind'] })}
          />
        )}
      </FormRow>
      {sources.length > 1 && (
        <FormRow label={words.of}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={draft.of}
              options={[
                { value: '', label: words.everySource },
                ...sources.map((value) => ({ value, label: value.replace('/', ' / ') })),
              ]}
              onChange={(of) => onChange({ of })}
            />
          )}
        </FormRow>
      )}
      {draft.kind === 'push' && name('branch')}
      {draft.kind === 'push' && (
        <FormRow label={words.isNew} inline>
          {(ids) => <SwitchControl ids={ids} checked={draft.isNew} onChange={(isNew) => onChange({ isNew })} />}
        </FormRow>
      )}
      {draft.kind === 'tag' && name('tag')}
      {draft.kind === 'pullRequest' && (
        <>
          <FormRow label={words.event}>
            {(ids) => (
              <SelectControl
                ids={ids}
                value={draft.event}
                options={EVENTS}
                onChange={(event) => onChange({ event: event as EventDraft['event'] })}
              />
            )}
          </FormRow>
          {name('sourceBranch')}
          {name('destinationBranch')}
          {name('pullRequestId')}
          {name('title')}
        </>
      )}
      {draft.kind !== 'tag' && (
        <FormRow label={words.files} optional help={words.filesNote}>
          {(ids) => (
            <textarea
              {...ids}
              className={styles.files}
              rows={4}
              value={draft.files}
              placeholder={words.filesExample}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ files: event.target.value })}
            />
          )}
        </FormRow>
      )}
    </>
  );
}
