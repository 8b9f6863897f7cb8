import { strings } from '../../strings/strings.ts';
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

const words = strings.inspector.pipeline;
const EVENTS = ['OPEN', 'UPDATED', 'CLOSED'] as const;

const looksAt = ({ tags, branches, filePaths }: PushFilter): Looks =>
  tags ? 'tags' : filePaths ? 'branches+files' : branches ? 'branches' : 'any';

/** One filter of a trigger: what it looks at, and its patterns. Only combinations that AWS takes can be chosen. */
export function FilterForm({ kind, index, filter, onChange, onRemove }: FilterFormProps) {
  const isPush = kind === 'push';
  const title = isPush ? words.pushFilter(index + 1) : words.pullRequestFilter(index + 1);
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
        <button type="button" className={controls.iconButton} aria-label={words.removeFilter(title)} onClick={onRemove}>
          ×
        </button>
      </div>
      <FormRow label={words.looksAt}>
        {(ids) => (
          <SelectControl
            ids={ids}
            value={looks}
            options={(options.includes(looks) ? options : [...options, looks]).map((value) => ({
              value,
              label: words.looks[value],
            }))}
            onChange={choose}
          />
        )}
      </FormRow>
      {!isPush && (
        <FormRow group label={words.events} optional help={words.eventsHelp}>
          {() => (
            <div className={controls.choices}>
              {EVENTS.map((event) => (
                <label key={event} className={controls.choice}>
                  <input
                    type="checkbox"
                    checked={filter.events?.includes(event) ?? false}
                    onChange={({ target }) => {
                      const { events = [], ...others } = filter;
                      const next = EVENTS.filter((one) => (one === event ? target.checked : events.includes(one)));
                      onChange(next.length > 0 ? { ...others, events: next } : others);
                    }}
                  />
                  <span>
                    {words.eventWords[event]} <small>{event}</small>
                  </span>
                </label>
              ))}
            </div>
          )}
        </FormRow>
      )}
      {looks === 'tags' && (
        <PatternsField title={words.tags} noun="tag" example="v*" patterns={filter.tags} onChange={set('tags')} />
      )}
      {(looks === 'branches' || looks === 'branches+files') && (
        <PatternsField
          title={isPush ? words.branches : words.destinationBranches}
          noun="branch"
          example="release/**"
          patterns={filter.branches}
          onChange={set('branches')}
        />
      )}
      {looks === 'branches+files' && (
        <PatternsField
          title={words.files}
          noun="path"
          example="src/**/*.ts"
          patterns={filter.filePaths}
          onChange={set('filePaths')}
        />
      )}
    </section>
  );
}
