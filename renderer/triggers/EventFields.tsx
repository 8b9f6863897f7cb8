import { FormRow } from '../inspector/controls/FormRow.tsx';
import { type Option, SelectControl } from '../inspector/controls/SelectControl.tsx';
import { SwitchControl } from '../inspector/controls/SwitchControl.tsx';
import type { EventDraft } from './eventDraft.ts';
import styles from './triggers.module.css';

const KINDS: readonly Option[] = [
  { value: 'push', label: 'Push to a branch' },
  { value: 'tag', label: 'Push of a tag' },
  { value: 'pullRequest', label: 'Pull request' },
];
const EVENTS: readonly Option[] = [
  { value: 'OPEN', label: 'Opened (OPEN)' },
  { value: 'UPDATED', label: 'New revision (UPDATED)' },
  { value: 'CLOSED', label: 'Merged or closed (CLOSED)' },
];

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
  const name = (
    label: string,
    key: 'branch' | 'tag' | 'sourceBranch' | 'destinationBranch' | 'pullRequestId' | 'title',
  ) => (
    <FormRow label={label}>
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
      <FormRow label="What happens">
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
        <FormRow label="In the repository of">
          {(ids) => (
            <SelectControl
              ids={ids}
              value={draft.of}
              options={[
                { value: '', label: 'Every source action' },
                ...sources.map((value) => ({ value, label: value.replace('/', ' / ') })),
              ]}
              onChange={(of) => onChange({ of })}
            />
          )}
        </FormRow>
      )}
      {draft.kind === 'push' && name('Branch', 'branch')}
      {draft.kind === 'push' && (
        <FormRow label="The push creates the branch" inline>
          {(ids) => <SwitchControl ids={ids} checked={draft.isNew} onChange={(isNew) => onChange({ isNew })} />}
        </FormRow>
      )}
      {draft.kind === 'tag' && name('Tag', 'tag')}
      {draft.kind === 'pullRequest' && (
        <>
          <FormRow label="Event">
            {(ids) => (
              <SelectControl
                ids={ids}
                value={draft.event}
                options={EVENTS}
                onChange={(event) => onChange({ event: event as EventDraft['event'] })}
              />
            )}
          </FormRow>
          {name('From branch', 'sourceBranch')}
          {name('Into branch', 'destinationBranch')}
          {name('Number', 'pullRequestId')}
          {name('Title', 'title')}
        </>
      )}
      {draft.kind !== 'tag' && (
        <FormRow label="Changed files" optional help="One path a line, from the root of the repository.">
          {(ids) => (
            <textarea
              {...ids}
              className={styles.files}
              rows={4}
              value={draft.files}
              placeholder="src/app.ts"
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
