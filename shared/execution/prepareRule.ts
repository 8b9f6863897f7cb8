import type { RuleDeclaration } from '../model/declaration.ts';
import type { ArtifactRecord, ConditionType } from './events.ts';
import type { ExecutionState } from './executionState.ts';
import { type Failure, findInputs, lookupFor, resolveRecord, resolver, tooLong, unresolved } from './lookups.ts';
import type { VariableReference } from './variables.ts';

/** What a rule is started with; with a `failure` it is started and fails at once. */
export interface PreparedRule {
  /** `configuration` and `commands` are resolved. */
  rule: RuleDeclaration;
  resolvedConfiguration: Record<string, string>;
  inputArtifacts: ArtifactRecord[];
  failure?: Failure;
}

/**
 * Prepares a rule as an action is prepared (rules.md §2). Before entry it sees what earlier stages made, afterwards also what
 * the actions of its own stage did.
 */
export function prepareRule(
  state: ExecutionState,
  stageIndex: number,
  conditionType: ConditionType,
  rule: RuleDeclaration,
): PreparedRule {
  const stageName = state.declaration.stages[stageIndex]?.name ?? '';
  const asker = {
    name: `the rule ${rule.name}`,
    stageIndex,
    runOrder: conditionType === 'BEFORE_ENTRY' ? 0 : Number.POSITIVE_INFINITY,
    isSource: false,
    inputArtifacts: rule.inputArtifacts ?? [],
  };
  const { inputArtifacts, failure: missingInput } = findInputs(state, asker);
  const missing: VariableReference[] = [];
  const put = resolver(lookupFor(state, asker), missing);
  const { configuration, commands } = rule;
  const resolvedConfiguration = configuration ? resolveRecord(configuration, put) : {};
  const resolved: RuleDeclaration = {
    ...rule,
    ...(configuration ? { configuration: resolvedConfiguration } : {}),
    ...(commands ? { commands: commands.map(put) } : {}),
  };
  const where = `the rule ${rule.name} of ${stageName}`;
  const failure =
    missingInput ??
    unresolved(where, missing) ??
    tooLong(where, resolvedConfiguration, configuration ?? resolvedConfiguration);
  const prepared = { rule: resolved, resolvedConfiguration, inputArtifacts };
  return failure ? { ...prepared, failure } : prepared;
}
