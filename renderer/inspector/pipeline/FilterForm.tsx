import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { SelectControl } from '../controls/SelectControl.tsx';
import type { FilterKind, Patterns, PullRequestFilter, PushFilter } from '../edits/triggerEdits.ts';
import { PatternsField } from './PatternsField.tsx';
import styles from './pipeline.module.css';

interface FilterFormProps {
  kind: FilterKind;
  /** From 0. */
  index: number;
  filter: PushFilter & PullRequestFilter;
  onChange: (filter: PushFilter & PullRequestFilter) => void;
  onRemove: () => void;
}

type Looks = 'branches' | 'branches+files' | 'tags' | 'any';

const WORDS: Record<Looks, string> = {
  branches: 'Branches',
  'branches+files': 'Branches and changed files',
  tags: 'Tags',
  any: 'Nothing: every one counts',
};

const EVENTS = [
  ['OPEN', 'opened'],
  ['UPDATED', 'gets a new revision'],
  ['CLOSED', 'merged or closed'],
] as const;

const looksAt = ({ tags, branches, filePaths }: PushFilter): Looks =>
  tags ? 'tags' : filePaths ? 'branches+files' : branches ? 'branches' : 'any';

/** One filter of a trigger: what it looks at, and its patterns. Only combinations that AWS takes can be chosen. */
export function FilterForm({ kind, index, filter, onChange, onRemove }: FilterFormProps) {
  const isPush = kind === 'push';
  const title = `${isPush ? 'Push' : 'Pull request'} filter ${index + 1}`;
  const looks = looksAt(filter);
  const choose = (next: string) => {
    const { tags: _t, filePaths: _f, branches, ...others } = filter;
    const kept = branches ?? { includes: ['main'] };
    if (next === 'tags') onChange({ ...others, tags: { includes: ['v*'] } });
    else if (next === 'branches') onChange({ ...others, branches: kept });
    else if (next === 'branches+files') onChange({ ...others, branches: kept, filePaths: { includes: ['**'] } });
    else onChange(others);
  };
  const set = (key: 'tags' | 'branches' | 'filePaths') => (patterns: Patterns | undefined) => {
    const { [key]: _, ...others } = filter;
    onChange(patterns ? { ...others, [key]: patterns } : others);
  };
  const options: Looks[] = isPush ? ['branches', 'branches+files', 'tags'] : ['any', 'branches', 'branches+files'];
  return (
    <section className={styles.filter} aria-label={title}>
      <div className={styles.filterHead}>
        <h4>{title}</h4>
        <button
          type="button"
          className={controls.iconButton}
          aria-label={`Remove ${title.toLowerCase()}`}
          onClick={onRemove}
        >
          ×
        </button>
      </div>
      <FormRow label="It looks at">
        {(ids) => (
          <SelectControl
            ids={ids}
            value={looks}
            options={(options.includes(looks) ? options : [...options, looks]).map((value) => ({
              value,
              label: WORDS[value],
            }))}
            onChange={choose}
          />
        )}
      </FormRow>
      {!isPush && (
        <FormRow group label="When a pull request is" optional help="None ticked: each of the three.">
          {() => (
            <div className={controls.choices}>
              {EVENTS.map(([event, words]) => (
                <label key={event} className={controls.choice}>
                  <input
                    type="checkbox"
                    checked={filter.events?.includes(event) ?? false}
                    onChange={({ target }) => {
                      const { events = [], ...others } = filter;
                      const next = EVENTS.map(([one]) => one).filter((one) =>
                        one === event ? target.checked : events.includes(one),
                      );
                      onChange(next.length > 0 ? { ...others, events: next } : others);
                    }}
                  />
                  <span>
                    {words} <small>{event}</small>
                  </span>
                </label>
              ))}
            </div>
          )}
        </FormRow>
      )}
      {looks === 'tags' && (
        <PatternsField title="Tags" noun="tag" example="v*" patterns={filter.tags} onChange={set('tags')} />
      )}
      {(looks === 'branches' || looks === 'branches+files') && (
        <PatternsField
          title={isPush ? 'Branches' : 'Destination branches'}
          noun="branch"
          example="release/**"
          patterns={filter.branches}
          onChange={set('branches')}
        />
      )}
      {looks === 'branches+files' && (
        <PatternsField
          title="Changed files"
          noun="path"
          example="src/**/*.ts"
          patterns={filter.filePaths}
          onChange={set('filePaths')}
        />
      )}
    </section>
  );
}
