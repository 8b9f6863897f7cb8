import { findReferences } from '../../execution/variables.ts';
import { type ActionAt, placeOfAction, type Rule } from '../ruleContext.ts';
import { textsOf } from '../rules/variables.ts';

/**
 * What an action needs of a stage that may be skipped: then it does not exist, and the action fails (reference/rules.md §3.5).
 * Nothing is said where the action's own stage may be skipped as well: mostly both ask the same.
 */
export const skipped: Rule = (context) => {
  const { pipeline, actions, producers, namespaces, report } = context;
  const maySkip = new Set(
    pipeline.stages.filter(({ beforeEntry }) => {
      const [condition] = beforeEntry?.conditions ?? [];
      return condition?.result === 'SKIP' && (condition.rules ?? []).length > 0;
    }),
  );
  /** The stage that has to run for `at`; undefined when nothing of it can be missing. */
  const stageNeeded = (at: ActionAt, makers: readonly ActionAt[] = []) => {
    const maker = makers.find(({ stageIndex }) => stageIndex < at.stageIndex);
    return maker && maySkip.has(maker.stage) ? maker.stage.name : undefined;
  };
  for (const at of maySkip.size > 0 ? actions : []) {
    if (maySkip.has(at.stage)) continue;
    const tell = (field: (string | number)[], what: string, fix: string) =>
      report({ code: 'advice.skipped-producer', ...placeOfAction(context, at, ...field), what, fix });
    for (const [index, { name }] of (at.action.inputArtifacts ?? []).entries()) {
      const stageName = stageNeeded(at, producers.get(name));
      if (stageName === undefined) continue;
      tell(
        ['inputArtifacts', index, 'name'],
        `When "${stageName}" is skipped there is no "${name}", and this action fails.`,
        'Take an artifact of a stage that always runs, or let the condition fail the stage instead.',
      );
    }
    for (const [field, text] of textsOf(at)) {
      for (const { namespace, text: reference } of findReferences(text)) {
        const stageName = stageNeeded(at, namespaces.get(namespace));
        if (stageName === undefined) continue;
        tell(
          field,
          `When "${stageName}" is skipped ${reference} has no value, and this action fails.`,
          'Take a variable of a stage that always runs, or let the condition fail the stage instead.',
        );
      }
    }
  }
};
