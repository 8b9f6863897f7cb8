import type { ConditionType } from '../../../shared/execution/events.ts';
import { rulesOf } from '../../../shared/execution/stageConditions.ts';
import { conditionSets, type RetryMode, retryModes, type StageDeclaration } from '../../../shared/model/declaration.ts';
import type { Problem } from '../../../shared/problem.ts';
import { findRuleType, ruleTypes } from '../../../shared/providers/table.ts';
import { CONDITION_TITLES } from '../../conditions/conditionView.ts';
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
const WHEN: Readonly<Record<ConditionType, string>> = {
  BEFORE_ENTRY: 'Checked before an execution enters the stage.',
  ON_SUCCESS: 'Checked when every action has succeeded.',
  ON_FAILURE: 'What happens when the stage fails.',
};
const RESULTS: Readonly<Record<string, string>> = {
  FAIL: 'FAIL: the stage fails',
  SKIP: 'SKIP: the stage is skipped',
  ROLLBACK: 'ROLLBACK: back to the last success',
  RETRY: 'RETRY: once, automatically',
};
const RETRIES: Readonly<Record<RetryMode, string>> = {
  FAILED_ACTIONS: 'Only the actions that failed',
  ALL_ACTIONS: 'All actions of the stage',
};
const FIRST = findRuleType({ provider: 'VariableCheck' })!;

/** The three conditions of a stage: which there are, what follows, and their rules. Each gesture is one step to undo. */
export function ConditionsForm({ inspected, stage }: { inspected: Inspected; stage: StageDeclaration }) {
  const stageIndex = inspected.pipeline.stages.findIndex(({ name }) => name === stage.name);
  return (
    <>
      <h4 className={inspector.heading}>Conditions</h4>
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
          <small>{WHEN[conditionType]}</small>
        </span>
        <button
          type="button"
          className={styles.add}
          aria-label={`Add a condition ${title.toLowerCase()}`}
          onClick={() => apply(addCondition(pipeline, place, FIRST))}
        >
          Add
        </button>
      </div>
    );
  const rules = rulesOf(stage, conditionType);
  const result = resultOfSet(place);
  const ofSet = (field: string): Problem[] => problemsAt(problems, stage.name, `${set}.${field}`);
  const hasRetry = conditionType === 'ON_FAILURE' && (result === 'RETRY' || stage.onFailure?.retryConfiguration);
  const options = resultsOf[conditionType].map((value) => ({ value, label: RESULTS[value] ?? value }));
  return (
    <section className={styles.condition} aria-label={`${title} condition`}>
      <div className={styles.head}>
        <strong>{title}</strong>
        <button
          type="button"
          className={styles.remove}
          aria-label={`Remove the condition ${title.toLowerCase()}`}
          onClick={() => apply(removeCondition(place))}
        >
          Remove
        </button>
      </div>
      <FormRow
        label={
          conditionType === 'ON_FAILURE' && rules.length === 0 ? 'When the stage fails' : RESULT_LABEL[conditionType]
        }
        problems={[...ofSet('result'), ...ofSet('conditions.0.result')]}
      >
        {(ids) => (
          <SelectControl
            ids={ids}
            value={result}
            options={result === '' ? [{ value: '', label: 'Choose …' }, ...options] : options}
            onChange={(value) => apply(setResult(place, value))}
          />
        )}
      </FormRow>
      {hasRetry && (
        <FormRow label="Retry" problems={ofSet('retryConfiguration')}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={stage.onFailure?.retryConfiguration?.retryMode ?? 'FAILED_ACTIONS'}
              options={retryModes.map((value) => ({ value, label: RETRIES[value] }))}
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
          aria-label={`Add a rule to ${title.toLowerCase()}`}
          value=""
          onChange={(event) => {
            const type = findRuleType({ provider: event.target.value });
            if (type) apply(addRule(place, type));
          }}
        >
          <option value="">+ Add rule</option>
          {ruleTypes.map((type) => (
            <option key={type.ruleTypeId.provider} value={type.ruleTypeId.provider}>
              {type.label}
            </option>
          ))}
        </select>
      )}
    </section>
  );
}

const RESULT_LABEL: Readonly<Record<ConditionType, string>> = {
  BEFORE_ENTRY: 'When a rule does not pass',
  ON_SUCCESS: 'When a rule does not pass',
  ON_FAILURE: 'When every rule passes',
};
