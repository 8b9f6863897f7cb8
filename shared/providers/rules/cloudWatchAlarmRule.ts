import { ActionFailure } from '../host.ts';
import { defineRuleType } from '../provider.ts';
import { type AlarmState, alarmStates, type RuleHost, type RuleRun } from '../ruleHost.ts';

export const cloudWatchAlarmRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CloudWatchAlarm', version: '1' },
  label: 'CloudWatch alarm',
  help: 'Check the state of a CloudWatch alarm.',
  inputs: [0, 0],
  configuration: {
    AlarmName: {
      label: 'Alarm',
      type: 'string',
      required: 'always',
      placeholder: 'shop-errors',
      help: 'Name the alarm.',
    },
    AlarmStates: {
      label: 'Alarm states',
      type: 'csv',
      values: ['ALARM', 'OK', 'INSUFFICIENT_DATA'],
      placeholder: 'ALARM',
      help: 'Choose the states to watch for.',
    },
    WaitTime: {
      label: 'Watch for (minutes)',
      type: 'integer',
      placeholder: '10',
      help: 'Watch the alarm this long before deciding.',
    },
  },
  skipAllowed: false,
  local: {
    fidelity: 'emulated',
    note: 'Asks for the state that you give the alarm on this machine: in the window, or with penstock alarm.',
  },
  run: (run) => watchAlarm(run),
});

const MINUTE = 60_000;

/**
 * The verdict of reference/rules.md, CloudWatchAlarm. Before entry the rule passes as soon as the state is good and fails when it
 * was not so for the whole time; afterwards it watches for the whole time and fails at the first bad state. For onFailure,
 * where a rule that passes engages the result, it passes as soon as the alarm is in one of its states.
 */
async function watchAlarm(run: RuleRun<'AlarmName' | 'AlarmStates' | 'WaitTime'>): Promise<{ summary: string }> {
  const { configuration, conditionType, startedAt, host } = run;
  const { AlarmName = '', AlarmStates, WaitTime } = configuration;
  const listed = statesOf(AlarmStates);
  const deadline = startedAt + minutesOf(WaitTime) * MINUTE;
  const seeks = conditionType === 'ON_FAILURE' ? 'listed' : 'good';
  for (;;) {
    const states = statesSince(host, AlarmName, startedAt, deadline);
    const isListed = (state: AlarmState) => listed.includes(state);
    const last = states.at(-1)!;
    if (conditionType === 'ON_SUCCESS') {
      const bad = states.find(isListed);
      if (bad) throw verdict(`Alarm ${AlarmName} went to ${bad}.`);
    } else {
      const found = states.find((state) => isListed(state) === (seeks === 'listed'));
      if (found) return { summary: `Alarm ${AlarmName} is ${found}.` };
    }
    if (host.now() >= deadline) {
      if (conditionType === 'ON_SUCCESS') return { summary: `Alarm ${AlarmName} stayed good; it is ${last}.` };
      throw verdict(`Alarm ${AlarmName} is ${last}.`);
    }
    host.log(`Alarm ${AlarmName} is ${last}. It is watched until ${new Date(deadline).toISOString()}.`);
    await host.alarmChangedOr(deadline);
  }
}

/** The states it was in between two instants, the one that it had at the first of them included. */
function statesSince(host: RuleHost, name: string, from: number, to: number): AlarmState[] {
  const changes = host.alarm(name);
  if (changes.length === 0) {
    throw new ActionFailure(
      'ConfigurationError',
      `There is no alarm ${name} on this machine.`,
      `Give it a state in the window, or with: penstock alarm ${name} OK`,
    );
  }
  const before = changes.findLast(({ at }) => at <= from) ?? changes[0]!;
  return [before.state, ...changes.filter(({ at }) => at > from && at <= to).map(({ state }) => state)];
}

function statesOf(text: string | undefined): AlarmState[] {
  if (text === undefined || text.trim() === '') return ['ALARM'];
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !alarmStates.some((state) => state === name));
  if (wrong === undefined) return names as AlarmState[];
  throw new ActionFailure(
    'ConfigurationError',
    `An alarm has no state "${wrong}".`,
    `Choose of ${alarmStates.join(', ')}.`,
  );
}

function minutesOf(text: string | undefined): number {
  const minutes = Number(text ?? '0');
  if (Number.isInteger(minutes) && minutes >= 0) return minutes;
  throw new ActionFailure('ConfigurationError', `WaitTime "${text}" is no number of minutes.`, 'Give whole minutes.');
}

const verdict = (what: string) =>
  new ActionFailure('JobFailed', what, 'Look at what the alarm watches; here its state is set by hand.');
