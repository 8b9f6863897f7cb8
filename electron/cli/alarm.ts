import { alarmStates } from '../../shared/providers/ruleHost.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { createAlarms } from '../engine/rules/alarms.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { timeText } from './text.ts';

export const command: Command = {
  usage: `penstock alarm [NAME STATE] [--json] [--data-dir DIR]

Sets the state that rules of type CloudWatchAlarm see on this machine; without arguments it lists the alarms. STATE is OK, ALARM or
INSUFFICIENT_DATA. Executions that watch the alarm, here or in an open window, hear of it at once.

  --json   the alarms as one JSON text
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { json: { type: 'boolean' }, 'data-dir': { type: 'string' } },
      { min: 0, max: 2 },
    );
    const [alarmName, named] = positionals;
    const state = alarmStates.find((known) => known === named);
    if (alarmName !== undefined && !state) throw new UsageError(`An alarm is ${alarmStates.join(', ')}.`);
    const alarms = createAlarms(dataDirectory(io.environment, values['data-dir']), Date.now);
    if (alarmName !== undefined && state) await alarms.set(alarmName, state);
    const list = alarms.list();
    if (values.json) io.out(`${JSON.stringify(list)}\n`);
    else for (const known of list) io.out(`${known.alarmName}  ${known.state}  since ${timeText(known.at)}\n`);
    if (!values.json && list.length === 0) io.out('No alarm has a state here.\n');
    return EXIT.succeeded;
  },
};
