import type { ConditionType } from '../../../shared/execution/events.ts';
import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import type { Binding } from '../../../shared/model/sidecar.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { type Fidelity, localRuleOf } from '../../../shared/providers/provider.ts';
import { findRuleType } from '../../../shared/providers/table.ts';
import type { Runner } from '../actionRunner.ts';
import { type RulePowers, ruleHost } from './ruleHost.ts';

/** A rule may be given no more (reference/pipeline-structure.md §5), so one that AWS states no limit for has this. */
const LONGEST_MINUTES = 86_400;

/** A rule type in the shape of what attempts run. A type that is not known fails: nothing can be said for it. */
export function ruleRunner(rule: RuleDeclaration, conditionType: ConditionType, powers: RulePowers): Runner {
  const type = findRuleType(rule.ruleTypeId);
  return {
    timeoutMinutes: type?.timeoutMinutes ?? type?.localMinutes ?? LONGEST_MINUTES,
    timeoutConfigurable: true,
    waitsByDate: type?.executes !== true,
    async run(run) {
      if (!type) {
        throw new ActionFailure(
          'ConfigurationError',
          `There is no rule type ${rule.ruleTypeId.provider}.`,
          'Choose one of the rule types that CodePipeline has.',
        );
      }
      return { ...(await type.run({ ...run, conditionType, host: ruleHost(run.host, powers) })) };
    },
  };
}

/** What a local evaluation of the rule is; nothing is known of an unknown type, which fails at once. */
export function localRuleRun(
  rule: RuleDeclaration,
  binding: Binding | undefined,
): { fidelity: Fidelity; usesSlot: boolean } {
  const type = findRuleType(rule.ruleTypeId);
  return type ? localRuleOf(type, binding) : { fidelity: 'simulated', usesSlot: false };
}
