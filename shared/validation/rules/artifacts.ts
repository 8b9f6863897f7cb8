import { type ActionAt, isBefore, listed, placeOfAction, type Rule, type RuleContext } from '../ruleContext.ts';

/** A-003, A-004, A-005, A-006, A-007: what actions take in and put out. */
export const artifacts: Rule = (context) => {
  for (const at of context.actions) {
    const inputs = (at.action.inputArtifacts ?? []).map(({ name }) => name);
    const outputs = (at.action.outputArtifacts ?? []).map(({ name }) => name);
    counted(context, at, 'inputArtifacts', inputs.length);
    counted(context, at, 'outputArtifacts', outputs.length);
    for (const [index, name] of inputs.entries()) {
      if (name === '') continue;
      if (inputs.indexOf(name) < index) {
        context.report({
          code: 'artifact.duplicate-input',
          ...placeOfAction(context, at, 'inputArtifacts', index, 'name'),
          what: `The action takes the artifact "${name}" twice.`,
          fix: 'Remove one of the two.',
        });
      } else consumed(context, at, name, index);
    }
    for (const [index, name] of outputs.entries()) {
      const producers = context.producers.get(name)!;
      const isFirst = producers[0] === at && outputs.indexOf(name) === index;
      if (name === '' || isFirst) continue;
      context.report({
        code: 'artifact.duplicate-output',
        ...placeOfAction(context, at, 'outputArtifacts', index, 'name'),
        what: `"${name}" is already an output of ${producers[0]!.label}; names of output artifacts are unique in a pipeline.`,
        fix: 'Give this output another name, and choose it where this action’s output is meant.',
      });
    }
  }
};

/** A-003 and A-004. */
function counted(context: RuleContext, at: ActionAt, field: 'inputArtifacts' | 'outputArtifacts', count: number): void {
  if (!at.provider) return;
  const isInput = field === 'inputArtifacts';
  const [least, most] = isInput ? at.provider.artifacts.inputs : at.provider.artifacts.outputs;
  if (count >= least && count <= most) return;
  const noun = isInput ? 'input artifact' : 'output artifact';
  const takes =
    least === most
      ? most === 0
        ? 'none'
        : `exactly ${most}`
      : count < least
        ? `at least ${least}`
        : `at most ${most}`;
  context.report({
    code: isInput ? 'artifact.input-count' : 'artifact.output-count',
    ...placeOfAction(context, at, field),
    what: `The action has ${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}; ${at.provider.label} takes ${takes}.`,
    fix: count < least ? `Add an ${noun}.` : `Remove ${count - most === 1 ? 'one' : count - most}.`,
  });
}

/** A-006. */
function consumed(context: RuleContext, at: ActionAt, name: string, index: number): void {
  const producers = context.producers.get(name) ?? [];
  if (producers.some((producer) => isBefore(producer, at))) return;
  const place = placeOfAction(context, at, 'inputArtifacts', index, 'name');
  const [producer] = producers;
  if (producer) {
    const isSelf = producer === at;
    const isSameStage = producer.stageIndex === at.stageIndex;
    context.report({
      code: 'artifact.produced-too-late',
      ...place,
      what: isSelf
        ? `The action takes its own output "${name}" as input.`
        : `"${name}" is produced by ${producer.label}, which does not run before this action.`,
      fix: isSelf
        ? 'Choose an artifact of an earlier action.'
        : isSameStage
          ? `Give this action a runOrder above ${producer.runOrder}, or move it to a later stage.`
          : `Move this action behind ${producer.label}.`,
    });
    return;
  }
  const earlier = context.actions
    .filter((other) => isBefore(other, at))
    .flatMap(({ action }) => (action.outputArtifacts ?? []).map((output) => output.name));
  context.report({
    code: 'artifact.not-produced',
    ...place,
    what: `Input artifact "${name}" is produced by no action. ${earlier.length > 0 ? `Earlier actions produce ${listed(earlier)}.` : 'No earlier action produces any.'}`,
    fix:
      earlier.length > 0
        ? `Choose one of those, or add "${name}" to the outputs of an earlier action.`
        : `Add "${name}" to the outputs of an earlier action.`,
  });
}
