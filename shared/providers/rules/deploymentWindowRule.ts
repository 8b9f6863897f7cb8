import { defineRuleType } from '../provider.ts';

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
      default: 'UTC',
      help: 'Read the window in this time zone, such as Europe/Berlin or UTC+02:00.',
    },
  },
  skipAllowed: false,
});
