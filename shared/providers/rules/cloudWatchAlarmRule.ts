import { defineRuleType } from '../provider.ts';

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
      help: 'List the states to watch for, separated by commas.',
    },
    WaitTime: {
      label: 'Watch for (minutes)',
      type: 'integer',
      placeholder: '10',
      help: 'Watch the alarm this long before deciding.',
    },
  },
  skipAllowed: false,
});
