import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Provider } from '../../../shared/providers/provider.ts';

/** What an action can use of what runs before it: earlier stages whole, and lower run orders of its own stage. */
export interface EarlierAction {
  stageName: string;
  action: ActionDeclaration;
}

/** Actions that are certain to have run before the given one, in order. */
export function earlierActions(pipeline: PipelineDeclaration, stageName: string, runOrder: number): EarlierAction[] {
  const earlier: EarlierAction[] = [];
  for (const stage of pipeline.stages) {
    const isOwn = stage.name === stageName;
    for (const action of stage.actions)
      if (!isOwn || (action.runOrder ?? 1) < runOrder) earlier.push({ stageName: stage.name, action });
    if (isOwn) break;
  }
  return earlier;
}

/** Output artifacts that the action can take as inputs, with who makes them. */
export function availableArtifacts(
  pipeline: PipelineDeclaration,
  stageName: string,
  runOrder: number,
): { name: string; producer: string }[] {
  return earlierActions(pipeline, stageName, runOrder).flatMap(({ stageName: stage, action }) =>
    (action.outputArtifacts ?? []).map(({ name }) => ({ name, producer: `${stage}/${action.name}` })),
  );
}

export interface VariableGroup {
  /** Who provides them, for people. */
  title: string;
  references: { text: string; help: string }[];
}

/** Every variable reference that resolves for the action, grouped by who provides it. */
export function availableVariables(
  pipeline: PipelineDeclaration,
  stageName: string,
  runOrder: number,
  providerOf: (action: ActionDeclaration) => Provider | undefined,
): VariableGroup[] {
  const groups: VariableGroup[] = [
    {
      title: 'This execution',
      references: [{ text: '#{codepipeline.PipelineExecutionId}', help: 'Id of the running execution' }],
    },
  ];
  if (pipeline.variables?.length)
    groups.push({
      title: 'Pipeline variables',
      references: pipeline.variables.map(({ name, description }) => ({
        text: `#{variables.${name}}`,
        help: description ?? '',
      })),
    });
  for (const { stageName: stage, action } of earlierActions(pipeline, stageName, runOrder)) {
    if (!action.namespace) continue;
    const documented = providerOf(action)?.outputVariables ?? [];
    const declared = (action.outputVariables ?? []).map((name) => ({ name, help: 'Output variable of its commands' }));
    const references = [...documented, ...declared].map(({ name, help }) => ({
      text: `#{${action.namespace}.${name}}`,
      help,
    }));
    if (references.length) groups.push({ title: `${stage} / ${action.name}`, references });
  }
  return groups;
}
