import { repositorySources } from '../../../shared/triggers/sources.ts';
import { FixButtons } from '../../problems/FixButtons.tsx';
import { strings } from '../../strings/strings.ts';
import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { SelectControl } from '../controls/SelectControl.tsx';
import {
  addFilter,
  addTrigger,
  type FilterKind,
  MOST_FILTERS,
  removeTrigger,
  setFilter,
  setTriggerSource,
} from '../edits/triggerEdits.ts';
import styles from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';
import { FilterForm } from './FilterForm.tsx';
import own from './pipeline.module.css';

const words = strings.inspector.pipeline;
const KINDS = [
  ['push', words.addPushFilter],
  ['pullRequest', words.addPullRequestFilter],
] as const satisfies readonly (readonly [FilterKind, string])[];

/** The triggers of the pipeline, each with its filters. Only connections can have one. */
export function TriggersForm({ inspected }: { inspected: Inspected }) {
  const { pipeline, problems, apply } = inspected;
  const triggers = pipeline.triggers ?? [];
  const sources = repositorySources(pipeline).filter(({ hasTriggers }) => hasTriggers);
  const names = sources.map(({ action }) => action.name);
  const free = names.filter((name) => triggers.every((one) => one.gitConfiguration?.sourceActionName !== name));
  return (
    <>
      {problems
        .filter(({ where, field }) => where === '' && field?.startsWith('triggers'))
        .map((problem) => (
          <p key={problem.code + problem.field} className={styles.problem} data-severity={problem.severity}>
            <strong>{strings.messages.text(problem.what)}</strong> {strings.messages.text(problem.fix)}{' '}
            <FixButtons problem={problem} />
          </p>
        ))}
      {triggers.map((trigger, index) => {
        const { sourceActionName = '' } = trigger.gitConfiguration ?? {};
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no name; their place is their identity.
          <section key={index} className={own.trigger} aria-label={words.trigger(index + 1)}>
            <FormRow label={words.watches(index + 1)}>
              {(ids) => (
                <SelectControl
                  ids={ids}
                  value={sourceActionName}
                  options={names.map((value) => ({ value, label: value }))}
                  onChange={(name) => apply(setTriggerSource(index, name))}
                />
              )}
            </FormRow>
            {KINDS.flatMap(([kind]) =>
              (trigger.gitConfiguration?.[kind] ?? []).map((filter, at) => (
                <FilterForm
                  // biome-ignore lint/suspicious/noArrayIndexKey: filters have no name; their place is their identity.
                  key={`${kind}${at}`}
                  kind={kind}
                  index={at}
                  filter={filter}
                  onChange={(next) => apply(setFilter(trigger, { index, kind, filter: at }, next))}
                  onRemove={() => apply(setFilter(trigger, { index, kind, filter: at }, undefined))}
                />
              )),
            )}
            <div className={own.adds}>
              {KINDS.map(([kind, add]) => (
                <button
                  key={kind}
                  type="button"
                  className={controls.tool}
                  disabled={(trigger.gitConfiguration?.[kind]?.length ?? 0) >= MOST_FILTERS}
                  onClick={() => apply(addFilter(trigger, index, kind))}
                >
                  {add}
                </button>
              ))}
              <button type="button" className={controls.tool} onClick={() => apply(removeTrigger(pipeline, index))}>
                {words.removeTrigger}
              </button>
            </div>
          </section>
        );
      })}
      {free.map((name) => (
        <button
          key={name}
          type="button"
          className={controls.sideButton}
          onClick={() => apply(addTrigger(pipeline, name))}
        >
          {words.addTrigger(name)}
        </button>
      ))}
      {sources.length === 0 && <p className={styles.quiet}>{words.needsConnection}</p>}
      <h4 className={styles.heading}>{words.startsNow}</h4>
    </>
  );
}
