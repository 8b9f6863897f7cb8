import { useEffect, useMemo } from 'react';
import { alarmStates } from '../../shared/providers/ruleHost.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { alarmStateOf, alarmsOf, refreshAlarms, setAlarm, useAlarms } from './alarmStore.ts';
import styles from './ConditionPanel.module.css';

const WORDS = { OK: 'OK', ALARM: 'In alarm', INSUFFICIENT_DATA: 'No data' } as const;

/** The local stand-in of one CloudWatch alarm: how it stands, and the two other ways. */
export function AlarmSwitch({ alarmName }: { alarmName: string }) {
  const state = useAlarms(useMemo(() => alarmStateOf(alarmName), [alarmName]));
  useEffect(() => void refreshAlarms(), []);
  return (
    <fieldset className={styles.alarm}>
      <legend>Alarm {alarmName}</legend>
      <span className={styles.states}>
        {alarmStates.map((choice) => (
          <button
            key={choice}
            type="button"
            data-state={choice}
            aria-pressed={state === choice}
            onClick={() => void setAlarm(alarmName, choice)}
          >
            {WORDS[choice]}
          </button>
        ))}
      </span>
      {state === undefined && <span>Not set on this machine.</span>}
    </fieldset>
  );
}

/** Every alarm that the rules of the active pipeline look at. */
export function AlarmsTab() {
  const pipeline = useDocuments(activePipeline);
  const names = useMemo(() => (pipeline ? alarmsOf(pipeline) : []), [pipeline]);
  return (
    <div className={styles.alarms}>
      <p>
        {names.length === 0
          ? 'No rule of this pipeline names an alarm.'
          : 'CloudWatch is not asked in a local run: the rules see these states, as you set them.'}
      </p>
      {names.map((alarmName) => (
        <AlarmSwitch key={alarmName} alarmName={alarmName} />
      ))}
    </div>
  );
}
