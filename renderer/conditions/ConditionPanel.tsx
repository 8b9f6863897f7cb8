import { Fragment, useState } from 'react';
import type { ConditionType } from '../../shared/execution/events.ts';
import { type RuleState, stageOf } from '../../shared/execution/executionState.ts';
import { presentCondition, rulesOf } from '../../shared/execution/stageConditions.ts';
import type { RuleDeclaration, StageDeclaration } from '../../shared/model/declaration.ts';
import { findRuleType } from '../../shared/providers/table.ts';
import { client } from '../bridge.ts';
import { chooseLog } from '../run/runStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { notifyFailure, showBottom } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import popover from '../ui/Popover.module.css';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import { AlarmSwitch } from './AlarmSwitch.tsx';
import styles from './ConditionPanel.module.css';
import { CONDITION_TITLES, conditionViewOf, isOverridable, resultText } from './conditionView.ts';
import { openingText } from './openingText.ts';

/** A condition with its rules: what each was asked and answered, at the shown instant; and the way to let it pass. */
export function ConditionPanel({ stage, conditionType }: { stage: StageDeclaration; conditionType: ConditionType }) {
  const state = useExecution((store) => store.state);
  const isLive = useExecution((store) => store.at === 'live');
  const now = useExecution((store) => store.clockNow);
  const here = state && stageOf(state, stage.name);
  const condition = here && presentCondition(here, conditionType);
  const view = conditionViewOf(state, stage, conditionType);
  const declared = rulesOf(stage, conditionType);
  return (
    <>
      <h3 className={popover.title}>
        <StatusIcon status={view.status} size={15} isStill />
        {strings.conditions.of(CONDITION_TITLES[conditionType], stage.name)}
      </h3>
      <p className={popover.quiet}>{meaning(stage, conditionType, declared.length)}</p>
      {condition?.summary && <p>{condition.summary}</p>}
      {here?.rollback?.refused !== undefined && conditionType !== 'BEFORE_ENTRY' && (
        <p className={popover.fault}>{strings.conditions.notRolledBack(here.rollback.refused)}</p>
      )}
      {declared.length > 0 && (
        <ul className={styles.rules} aria-label={strings.conditions.rules}>
          {declared.map((rule) => (
            <Rule
              key={rule.name}
              rule={rule}
              run={condition?.rules.find(({ ruleName }) => ruleName === rule.name)}
              now={now}
              isLive={isLive}
            />
          ))}
        </ul>
      )}
      {state && isLive && isOverridable(state, stage, conditionType) && (
        <Override
          key={condition?.startedMono}
          pipelineExecutionId={state.pipelineExecutionId}
          stageName={stage.name}
          conditionType={conditionType as 'BEFORE_ENTRY' | 'ON_SUCCESS'}
        />
      )}
    </>
  );
}

function meaning(stage: StageDeclaration, conditionType: ConditionType, rules: number): string {
  const result = resultText(stage, conditionType);
  const { consequences, nothing, several, gate, failureWithRules, failure } = strings.conditions.meaning;
  const consequence =
    result === '' ? nothing : ((consequences as Readonly<Record<string, string>>)[result] ?? several(result));
  if (conditionType !== 'ON_FAILURE') return gate(consequence);
  return rules > 0 ? failureWithRules(consequence) : failure(consequence);
}

interface RuleProps {
  rule: RuleDeclaration;
  run: RuleState | undefined;
  now: number;
  isLive: boolean;
}

function Rule({ rule, run, now, isLive }: RuleProps) {
  const status = run?.status ?? 'NotStarted';
  const provider = run?.ruleTypeId.provider ?? rule.ruleTypeId.provider;
  const configuration = run?.resolvedConfiguration ?? rule.configuration ?? {};
  const opening = openingText(provider, configuration, run === undefined || status === 'InProgress' ? now : undefined);
  return (
    <li className={styles.rule} aria-label={strings.conditions.ruleState(rule.name, statusText(status))}>
      <div className={styles.head}>
        <StatusIcon status={status} size={14} isStill />
        <strong>{rule.name}</strong>
        <span className={styles.type}>{strings.provided.text(findRuleType({ provider })?.label ?? provider)}</span>
        {run && run.fidelity !== 'real' && <span className={styles.badge}>{run.fidelity}</span>}
        {run && (
          <button
            type="button"
            className={`${popover.link} ${styles.log}`}
            aria-label={strings.conditions.logOf(rule.name)}
            onClick={() => {
              chooseLog(run.ruleExecutionId);
              showBottom('logs');
            }}
          >
            {strings.conditions.log}
          </button>
        )}
      </div>
      {run?.errorDetails ? (
        <p className={popover.fault}>
          {run.errorDetails.message} {run.errorDetails.fix}
        </p>
      ) : (
        run?.summary && <p className={popover.quiet}>{run.summary}</p>
      )}
      {opening && <p className={styles.opening}>{opening}</p>}
      {Object.keys(configuration).length > 0 && (
        <dl className={styles.values}>
          {Object.entries(configuration).map(([key, value]) => (
            <Fragment key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {provider === 'CloudWatchAlarm' && isLive && configuration.AlarmName && (
        <AlarmSwitch alarmName={configuration.AlarmName} />
      )}
    </li>
  );
}

function Override({
  pipelineExecutionId,
  stageName,
  conditionType,
}: {
  pipelineExecutionId: string;
  stageName: string;
  conditionType: 'BEFORE_ENTRY' | 'ON_SUCCESS';
}) {
  const [isAsked, setIsAsked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const override = async () => {
    setIsBusy(true);
    try {
      await client.overrideStageCondition({ pipelineExecutionId, stageName, conditionType });
    } catch (error) {
      notifyFailure('condition.override', error);
    } finally {
      setIsBusy(false);
      setIsAsked(false);
    }
  };
  if (!isAsked)
    return (
      <div className={popover.row}>
        <Button onClick={() => setIsAsked(true)}>{strings.conditions.override.ask}</Button>
      </div>
    );
  return (
    <fieldset className={styles.ask}>
      <legend className="visually-hidden">{strings.conditions.override.title}</legend>
      <p>{strings.conditions.override.note}</p>
      <div className={popover.row}>
        <Button variant="primary" disabled={isBusy} autoFocus onClick={() => void override()}>
          {strings.conditions.override.title}
        </Button>
        <Button disabled={isBusy} onClick={() => setIsAsked(false)}>
          {strings.conditions.override.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
