import { create } from 'zustand';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { rulesOfStage } from '../../shared/model/declaration.ts';
import type { AlarmState } from '../../shared/providers/ruleHost.ts';
import { client } from '../bridge.ts';
import { notifyFailure } from '../state/uiStore.ts';

/** The local stand-ins of CloudWatch alarms, by name; one that nobody set has no state yet. */
export interface AlarmsState {
  states: Readonly<Record<string, AlarmState>>;
}
export const useAlarms = create<AlarmsState>()(() => ({ states: {} }));

export const alarmStateOf =
  (alarmName: string) =>
  ({ states }: AlarmsState): AlarmState | undefined =>
    Object.hasOwn(states, alarmName) ? states[alarmName] : undefined;

/** Asks the host how the alarms stand. */
export async function refreshAlarms(): Promise<void> {
  try {
    const { alarms } = await client.listAlarms({});
    useAlarms.setState({ states: Object.fromEntries(alarms.map(({ alarmName, state }) => [alarmName, state])) });
  } catch (error) {
    notifyFailure('alarm.list', error);
  }
}

export async function setAlarm(alarmName: string, state: AlarmState): Promise<void> {
  try {
    await client.setAlarmState({ alarmName, state });
    useAlarms.setState(({ states }) => ({ states: { ...states, [alarmName]: state } }));
  } catch (error) {
    notifyFailure('alarm.set', error);
  }
}

/** Names of the alarms that rules of this pipeline look at; those that variables name are known only in a run. */
export function alarmsOf(pipeline: PipelineDeclaration): string[] {
  const names = pipeline.stages
    .flatMap(rulesOfStage)
    .filter(({ rule }) => rule.ruleTypeId.provider === 'CloudWatchAlarm')
    .map(({ rule }) => rule.configuration?.AlarmName ?? '')
    .filter((name) => name !== '' && !name.includes('#{'));
  return [...new Set(names)];
}
