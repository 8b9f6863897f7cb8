import { useEffect, useMemo } from 'react';
import { alarmStates } from '../../shared/providers/ruleHost.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { alarmStateOf, alarmsOf, refreshAlarms, setAlarm, useAlarms } from './alarmStore.ts';
import styles from './ConditionPanel.module.css';

/** The local stand-in of one CloudWatch alarm: how it stands, and the two other ways. */
export function AlarmSwitch({ alarmName }: { alarmName: string }) {
  const state = useAlarms(useMemo(() => alarmStateOf(alarmName), [alarmName]));
  useEffect(() => void refreshAlarms(), []);
  return (
    <fieldset className={styles.alarm}>
      <legend>{strings.conditions.alarm.of(alarmName)}</legend>
      <span className={styles.states}>
        {alarmStates.map((choice) => (
          <button
            key={choice}
            type="button"
            data-state={choice}
            aria-pressed={state === choice}
            onClick={() => void setAlarm(alarmName, choice)}
          >
            {strings.conditions.alarm.states[choice]}
          </button>
        ))}
      </span>
      {state === undefined && <span>{strings.conditions.alarm.notSet}</span>}
    </fieldset>
  );
}

/** Every alarm that the rules of the active pipeline look at. */
export function AlarmsTab() {
  const pipeline = useDocuments(activePipeline);
  const names = useMemo(() => (pipeline ? alarmsOf(pipeline) : []), [pipeline]);
  return (
    <div className={styles.alarms}>
      <p>{names.length === 0 ? strings.conditions.alarm.none : strings.conditions.alarm.note}</p>
      {names.map((alarmName) => (
        <AlarmSwitch key={alarmName} alarmName={alarmName} />
      ))}
    </div>
  );
}
