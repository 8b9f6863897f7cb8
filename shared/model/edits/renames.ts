import { usesOfArtifact } from '../../references/findUses.ts';
import type { PipelineDeclaration, StageDeclaration } from '../declaration.ts';
import type { DocumentEdit } from '../editDocument.ts';
import type { Path } from '../textTree.ts';
import type { Change, Refused } from './change.ts';
import { rewriteReferences } from './lookupTexts.ts';
import { sidecarRename, sidecarRenameArtifact, sidecarRenameVariable } from './sidecarRenames.ts';

/**
 * Renaming what others refer to: the name and every reference to it change in one step. A name that is taken is refused, for
 * then two things would become one and no undo by hand could tell them apart.
 */

/** Renames a stage. Nothing in a declaration refers to stages by name. */
export function renameStage(pipeline: PipelineDeclaration, stage: StageDeclaration, to: string): Change | Refused {
  const label = `Rename stage ${stage.name} to ${to}`;
  if (to === stage.name) return { label, edits: [] };
  if (to === '') return { refused: 'A stage needs a name.' };
  if (pipeline.stages.some((other) => other.name === to)) return { refused: `There already is a stage "${to}".` };
  const index = pipeline.stages.findIndex((other) => other.name === stage.name);
  return {
    label,
    edits: [{ path: ['stages', index, 'name'], value: to }],
    selection: to,
    sidecar: sidecarRename(stage.name, to),
  };
}

/** Renames an action and what refers to it by name: the triggers of a source action. */
export function renameAction(
  pipeline: PipelineDeclaration,
  stageName: string,
  actionName: string,
  to: string,
): Change | Refused {
  const label = `Rename ${actionName} to ${to}`;
  const stageIndex = pipeline.stages.findIndex(({ name }) => name === stageName);
  const actions = pipeline.stages[stageIndex]?.actions ?? [];
  const actionIndex = actions.findIndex(({ name }) => name === actionName);
  if (actionIndex < 0 || to === actionName) return { label, edits: [] };
  if (to === '') return { refused: 'An action needs a name.' };
  if (actions.some(({ name }) => name === to)) return { refused: `${stageName} already has an action "${to}".` };
  const edits: DocumentEdit[] = [{ path: ['stages', stageIndex, 'actions', actionIndex, 'name'], value: to }];
  for (const [index, trigger] of (stageIndex === 0 ? (pipeline.triggers ?? []) : []).entries()) {
    if (trigger.gitConfiguration?.sourceActionName === actionName)
      edits.push({ path: ['triggers', index, 'gitConfiguration', 'sourceActionName'], value: to });
  }
  const selection = `${stageName}/${to}`;
  return { label, edits, selection, sidecar: sidecarRename(`${stageName}/${actionName}`, selection) };
}

/**
 * Renames an artifact wherever it is made, taken (also by rules of conditions) or named in a configuration. Where several
 * actions make one of that name (which AWS refuses), `producer`, a path of an action, says whose is meant; then what takes
 * the name stays with the others.
 */
export function renameArtifact(
  pipeline: PipelineDeclaration,
  from: string,
  to: string,
  producer?: Path,
): Change | Refused {
  const label = `Rename artifact ${from} to ${to}`;
  if (from === to) return { label, edits: [] };
  if (to === '') return { refused: 'An artifact needs a name.' };
  const outputs = pipeline.stages.flatMap((stage, stageIndex) =>
    stage.actions.flatMap((action, actionIndex) =>
      (action.outputArtifacts ?? []).map(({ name }, index) => ({
        name,
        path: ['stages', stageIndex, 'actions', actionIndex, 'outputArtifacts', index, 'name'] satisfies Path,
      })),
    ),
  );
  const uses = usesOfArtifact(pipeline, from);
  if (outputs.some(({ name }) => name === to) || usesOfArtifact(pipeline, to).length > 0)
    return { refused: `There already is an artifact "${to}".` };
  const made = outputs.filter(({ name }) => name === from);
  const meant = made.filter(({ path }) => producer?.every((segment, index) => path[index] === segment) ?? true);
  const edits = meant.map(({ path }): DocumentEdit => ({ path, value: to }));
  if (meant.length < made.length) return { label, edits };
  for (const { path, renamed } of uses) edits.push({ path, value: renamed(to) });
  return { label, edits, sidecar: sidecarRenameArtifact(from, to) };
}

/** Renames the namespace of the action at `path`, and with it every `#{namespace.…}`, unless another action has it too. */
export function renameNamespace(pipeline: PipelineDeclaration, path: Path, to: string): Change | Refused {
  const actions = pipeline.stages.flatMap(({ actions }) => actions);
  const action = pipeline.stages[Number(path[1])]?.actions[Number(path[3])];
  const from = action?.namespace;
  const label = `${from ? `Rename namespace ${from} to ${to}` : `Set namespace ${to}`} of ${action?.name}`;
  if (!action || from === to) return { label, edits: [] };
  if (to !== '' && actions.some(({ namespace }) => namespace === to))
    return { refused: `Another action already has the namespace "${to}".` };
  const own: DocumentEdit = { path: [...path, 'namespace'], value: to === '' ? undefined : to };
  const isShared = actions.filter(({ namespace }) => namespace === from).length > 1;
  // Without a name there is nothing that references could follow to.
  if (!from || to === '' || isShared)
    return { label: to === '' ? `Clear namespace of ${action.name}` : label, edits: [own] };
  const follow = rewriteReferences(pipeline, ({ namespace, key, malformed }) =>
    namespace === from && malformed === undefined ? `#{${to}.${key}}` : undefined,
  );
  return { label, edits: [own, ...follow] };
}

/** Renames a pipeline variable and every `#{variables.…}` that refers to it. */
export function renameVariable(pipeline: PipelineDeclaration, from: string, to: string): Change | Refused {
  const label = `Rename variable ${from} to ${to}`;
  const names = (pipeline.variables ?? []).map(({ name }) => name);
  const index = names.indexOf(from);
  if (index < 0 || from === to) return { label, edits: [] };
  if (to === '') return { refused: 'A variable needs a name.' };
  if (names.includes(to)) return { refused: `There already is a variable "${to}".` };
  const follow = rewriteReferences(pipeline, ({ namespace, key, malformed }) =>
    namespace === 'variables' && key === from && malformed === undefined ? `#{variables.${to}}` : undefined,
  );
  return {
    label,
    edits: [{ path: ['variables', index, 'name'], value: to }, ...follow],
    sidecar: sidecarRenameVariable(from, to),
  };
}
