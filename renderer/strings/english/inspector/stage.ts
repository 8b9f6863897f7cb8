import { plural } from '../../strings.ts';

/** The editor of a stage, its conditions and their rules. */
export const stage = {
  title: (name: string) => `Stage ${name}`,
  subtitle: (number: number, of: number, actions: number) =>
    `Stage ${number} of ${of} · ${plural(actions, 'action', 'actions')}`,
  tabs: { stage: 'Stage', json: 'JSON' },
  name: 'Stage name',
  actions: 'Actions',
  runOrder: (runOrder: number) => `Run order ${runOrder}`,
  noActions: 'No actions yet.',
  usedByFields: (count: number) => `Used by ${plural(count, 'field', 'fields')} of other stages`,
  transition: (name: string, isEnabled: boolean) => `Transition into ${name}: ${isEnabled ? 'enabled' : 'disabled'}`,

  conditions: 'Conditions',
  when: {
    BEFORE_ENTRY: 'Checked before an execution enters the stage.',
    ON_SUCCESS: 'Checked when every action has succeeded.',
    ON_FAILURE: 'What happens when the stage fails.',
  },
  results: {
    FAIL: 'FAIL: the stage fails',
    SKIP: 'SKIP: the stage is skipped',
    ROLLBACK: 'ROLLBACK: back to the last success',
    RETRY: 'RETRY: once, automatically',
  },
  retry: 'Retry',
  retries: { FAILED_ACTIONS: 'Only the actions that failed', ALL_ACTIONS: 'All actions of the stage' },
  add: 'Add',
  remove: 'Remove',
  addCondition: (title: string) => `Add a condition ${title.toLowerCase()}`,
  removeCondition: (title: string) => `Remove the condition ${title.toLowerCase()}`,
  condition: (title: string) => `${title} condition`,
  whenNotPassed: 'When a rule does not pass',
  whenPassed: 'When every rule passes',
  whenFailed: 'When the stage fails',
  addRule: '+ Add rule',
  addRuleTo: (title: string) => `Add a rule to ${title.toLowerCase()}`,

  rule: (name: string) => `Rule ${name}`,
  removeRule: (name: string) => `Remove rule ${name}`,
  ruleName: 'Rule name',
  ruleType: 'Type',
  unknownKey: 'AWS does not document this key.',
  ruleCommandsHelp: 'One command a line, in one shell; the first that fails ends the rule.',
  ruleInputs: (name: string) => `Input artifacts of ${name}`,
  connect: 'Connect',
  noInputs: 'No artifact is produced before it.',
  rulePlace: 'Timeout, region, role',
};
