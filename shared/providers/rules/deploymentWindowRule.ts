import { nextOpening } from '../../cron/nextOpening.ts';
import { CronFault, parseCron } from '../../cron/parseCron.ts';
import { TimeZoneFault, timeZone } from '../../cron/timeZone.ts';
import { ActionFailure } from '../host.ts';
import { defineRuleType, type FieldProblem } from '../provider.ts';

export const deploymentWindowRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'DeploymentWindow', version: '1' },
  label: 'Deployment window',
  help: 'Wait until the clock is inside a time window.',
  inputs: [0, 0],
  configuration: {
    Cron: {
      label: 'Window',
      type: 'string',
      required: 'always',
      placeholder: '0 * 9-17 ? * MON-FRI *',
      help: 'Give a cron expression of six or seven fields, seconds first, that matches while the window is open.',
    },
    TimeZone: {
      label: 'Time zone',
      type: 'string',
      format: 'timeZone',
      default: 'UTC',
      help: 'Read the window in this time zone, such as Europe/Berlin or UTC+02:00.',
    },
  },
  skipAllowed: false,
  check: ({ Cron = '', TimeZone = '' }) => [
    ...faultOf('Cron', Cron, () => parseCron(Cron)),
    // AWS may know zones that this machine does not.
    ...faultOf('TimeZone', TimeZone, () => timeZone(TimeZone), 'warning'),
  ],
  local: { fidelity: 'real', note: 'Waits on the clock of this machine, also across restarts.' },
  async run({ configuration, host }) {
    const { Cron = '', TimeZone = 'UTC' } = configuration;
    const { window, zone } = readWindow(Cron, TimeZone);
    for (;;) {
      // Asked anew after each wait: a machine that slept may have slept through the window.
      const now = host.now();
      const opening = nextOpening(window, zone, now);
      if (opening === undefined) {
        throw new ActionFailure(
          'ConfigurationError',
          `The window "${Cron}" does not open in the next 41 years.`,
          'Correct the cron expression of the rule.',
        );
      }
      if (opening <= now) return { summary: `The window "${Cron}" (${TimeZone}) is open.` };
      host.log(`The window "${Cron}" (${TimeZone}) opens at ${new Date(opening).toISOString()}.`);
      await host.waitUntil(opening);
    }
  },
});

/** S-016: a value that cannot be read, said before the rule runs. */
function faultOf(
  field: 'Cron' | 'TimeZone',
  value: string,
  read: () => unknown,
  severity: 'error' | 'warning' = 'error',
): FieldProblem[] {
  if (value === '' || value.includes('#{')) return [];
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof CronFault) && !(error instanceof TimeZoneFault)) throw error;
    const fix = field === 'Cron' ? 'Write a window, for example 0 * 9-17 ? * MON-FRI *.' : 'Choose another time zone.';
    return [{ field, severity, what: error.message, fix }];
  }
}

function readWindow(cron: string, zoneName: string) {
  try {
    return { window: parseCron(cron), zone: timeZone(zoneName) };
  } catch (error) {
    if (!(error instanceof CronFault) && !(error instanceof TimeZoneFault)) throw error;
    throw new ActionFailure('ConfigurationError', error.message, 'Correct the window of the rule.');
  }
}
