import { ActionFailure } from '../host.ts';
import { defineRuleType } from '../provider.ts';
import type { RuleHost } from '../ruleHost.ts';
import { javaPattern, PatternFault } from './javaPattern.ts';

export const variableCheckRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' },
  label: 'Variable check',
  help: 'Compare a variable with a value.',
  inputs: [0, 0],
  configuration: {
    Variable: {
      label: 'Variable',
      type: 'string',
      required: 'always',
      placeholder: '#{SourceVariables.BranchName}',
      help: 'Name the variable to look at.',
    },
    Value: {
      label: 'Value',
      type: 'string',
      required: 'always',
      placeholder: 'main',
      help: 'Compare with this text or pattern.',
    },
    Operator: {
      label: 'Operator',
      type: 'enum',
      required: 'always',
      values: ['EQ', 'NE', 'CONTAINS', 'MATCHES'],
      help: 'Ask for equal, not equal, contained text or a matching pattern.',
    },
  },
  skipAllowed: true,
  // S-017. A warning: a pattern that Java reads may be one that this program does not.
  check({ Operator, Value }) {
    if (Operator !== 'MATCHES' || !Value || Value.includes('#{')) return [];
    try {
      javaPattern(Value);
      return [];
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      return [{ field: 'Value', severity: 'warning', what: error.message, fix: 'Mend the pattern.' }];
    }
  },
  localMinutes: 5,
  local: { fidelity: 'real', note: 'Compares as AWS does, letter for letter.' },
  async run({ configuration, host }) {
    const { Variable = '', Value = '', Operator = '' } = configuration;
    const passes = await compare(Variable, Operator, Value, host);
    const said = `"${shortened(Variable)}" ${WORDS[Operator]} "${shortened(Value)}"`;
    host.log(`${passes ? 'Passed' : 'Failed'}: ${said}`);
    if (passes) return { summary: `${said}: true.` };
    throw new ActionFailure('JobFailed', `${said}: false.`, 'Look at what sets the variable, or change the rule.');
  },
});

const WORDS: Readonly<Record<string, string>> = {
  EQ: 'equals',
  NE: 'does not equal',
  CONTAINS: 'contains',
  MATCHES: 'matches',
};

const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

async function compare(variable: string, operator: string, value: string, host: RuleHost): Promise<boolean> {
  switch (operator) {
    case 'EQ':
      return variable === value;
    case 'NE':
      return variable !== value;
    case 'CONTAINS':
      return variable.includes(value);
    case 'MATCHES':
      return host.finds(readPattern(value), variable);
    default:
      throw new ActionFailure(
        'ConfigurationError',
        `There is no operator "${shortened(operator)}".`,
        'Choose EQ, NE, CONTAINS or MATCHES.',
      );
  }
}

function readPattern(value: string): { source: string; flags: string } {
  try {
    return javaPattern(value);
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    throw new ActionFailure(
      'ConfigurationError',
      error.message,
      'Write the pattern in a way that every dialect reads alike.',
    );
  }
}
