import type { ConditionType } from '../../../shared/execution/events.ts';
import { rulesOf } from '../../../shared/execution/stageConditions.ts';
import { conditionSets, type RetryMode, retryModes, type StageDeclaration } from '../../../shared/model/declaration.ts';
import type { Problem } from '../../../shared/problem.ts';
import { findRuleType, ruleTypes } from '../../../shared/providers/table.ts';
import { CONDITION_TITLES } from '../../conditions/conditionView.ts';
import { strings } from '../../strings/strings.ts';
import { FormRow } from '../controls/FormRow.tsx';
import { SelectControl } from '../controls/SelectControl.tsx';
import {
  addCondition,
  addRule,
  type ConditionPlace,
  removeCondition,
  resultOfSet,
  resultsOf,
  setResult,
  setRetryMode,
} from '../edits/conditionEdits.ts';
import { problemsAt } from '../fieldState.ts';
import inspector from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';
import styles from './ConditionsForm.module.css';
import { RuleForm } from './RuleForm.tsx';

const TYPES: readonly ConditionType[] = ['BEFORE_ENTRY', 'ON_SUCCESS', 'ON_FAILURE'];
const words = strings.inspector.stage;
const RESULTS: Readonly<Record<string, string>> = words.results;
const FIRST = findRuleType({ provider: 'VariableCheck' })!;

/** The three conditions of a stage: which there are, what follows, and their rules. Each gesture is one step to undo. */
export function ConditionsForm({ inspected, stage }: { inspected: Inspected; stage: StageDeclaration }) {
  const stageIndex = inspected.pipeline.stages.findIndex(({ name }) => name === stage.name);
  return (
    <>
      <h4 className={inspector.heading}>{words.conditions}</h4>
      {TYPES.map((conditionType) => (
        <Condition key={conditionType} inspected={inspected} place={{ stage, stageIndex, conditionType }} />
      ))}
    </>
  );
}

function Condition({ inspected, place }: { inspected: Inspected; place: ConditionPlace }) {
  const { pipeline, problems, apply } = inspected;
  const { stage, conditionType } = place;
  const title = CONDITION_TITLES[conditionType];
  const set = conditionSets[conditionType];
  if (stage[set] === undefined)
    return (
      <div className={styles.absent}>
        <span>
          <strong>{title}</strong>
          <small>{words.when[conditionType]}</small>
        </span>
        <button
          type="button"
          className={styles.add}
          aria-label={words.addCondition(title)}
          onClick={() => apply(addCondition(pipeline, place, FIRST))}
        >
          {words.add}
        </button>
      </div>
    );
  const rules = rulesOf(stage, conditionType);
  const result = resultOfSet(place);
  const ofSet = (field: string): Problem[] => problemsAt(problems, stage.name, `${set}.${field}`);
  const hasRetry = conditionType === 'ON_FAILURE' && (result === 'RETRY' || stage.onFailure?.retryConfiguration);
  const options = resultsOf[conditionType].map((value) => ({ value, label: RESULTS[value] ?? value }));
  return (
    <section className={styles.condition} aria-label={words.condition(title)}>
      <div className={styles.head}>
        <strong>{title}</strong>
        <button
          type="button"
          className={styles.remove}
          aria-label={words.removeCondition(title)}
          onClick={() => apply(removeCondition(place))}
        >
          {words.remove}
        </button>
      </div>
      <FormRow
        label={
          conditionType !== 'ON_FAILURE'
            ? words.whenNotPassed
            : rules.length === 0
              ? words.whenFailed
              : words.whenPassed
        }
        problems={[...ofSet('result'), ...ofSet('conditions.0.result')]}
      >
        {(ids) => (
          <SelectControl
            ids={ids}
            value={result}
            options={result === '' ? [{ value: '', label: strings.inspector.controls.choose }, ...options] : options}
            onChange={(value) => apply(setResult(place, value))}
          />
        )}
      </FormRow>
      {hasRetry && (
        <FormRow label={words.retry} problems={ofSet('retryConfiguration')}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={stage.onFailure?.retryConfiguration?.retryMode ?? 'FAILED_ACTIONS'}
              options={retryModes.map((value) => ({ value, label: words.retries[value] }))}
              onChange={(value) => apply(setRetryMode(place, value as RetryMode))}
            />
          )}
        </FormRow>
      )}
      {rules.map((rule, index) => (
        <RuleForm key={rule.name} inspected={inspected} place={place} rule={rule} index={index} />
      ))}
      {rules.length < 5 && result !== 'RETRY' && (
        <select
          className={styles.addRule}
          aria-label={words.addRuleTo(title)}
          value=""
          onChange={(event) => {
            const type = findRuleType({ provider: event.target.value });
            if (type) apply(addRule(place, type));
          }}
        >
          <option value="">{words.addRule}</option>
          {ruleTypes.map((type) => (
            <option key={type.ruleTypeId.provider} value={type.ruleTypeId.provider}>
              {strings.provided.text(type.label)}
            </option>
          ))}
        </select>
      )}
    </section>
  );
}
