import { conditionSets, type PipelineDeclaration, type StageDeclaration } from '../declaration.ts';
import type { DocumentEdit } from '../editDocument.ts';
import type { Path } from '../textTree.ts';
import type { Change, Refused } from './change.ts';
import { rewriteReferences } from './lookupTexts.ts';

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
  return { label, edits: [{ path: ['stages', index, 'name'], value: to }], selection: to };
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
  return { label, edits, selection: `${stageName}/${to}` };
}

/** Renames an artifact wherever it is made, taken (also by rules of conditions) or named in a configuration. */
export function renameArtifact(pipeline: PipelineDeclaration, from: string, to: string): Change | Refused {
  const label = `Rename artifact ${from} to ${to}`;
  if (from === to) return { label, edits: [] };
  if (to === '') return { refused: 'An artifact needs a name.' };
  const edits: DocumentEdit[] = [];
  let isTaken = false;
  const renameIn = (artifacts: readonly { name: string }[] | undefined, path: Path) => {
    for (const [index, { name }] of (artifacts ?? []).entries()) {
      isTaken ||= name === to;
      if (name === from) edits.push({ path: [...path, index, 'name'], value: to });
    }
  };
  for (const [stageIndex, stage] of pipeline.stages.entries()) {
    for (const [actionIndex, action] of stage.actions.entries()) {
      const path: Path = ['stages', stageIndex, 'actions', actionIndex];
      renameIn(action.inputArtifacts, [...path, 'inputArtifacts']);
      renameIn(action.outputArtifacts, [...path, 'outputArtifacts']);
      if (action.inputArtifacts?.some(({ name }) => name === from))
        edits.push(...inConfiguration(action.configuration, path, from, to));
    }
    for (const set of Object.values(conditionSets)) {
      for (const [index, { rules = [] }] of (stage[set]?.conditions ?? []).entries()) {
        for (const [at, rule] of rules.entries()) {
          const path: Path = ['stages', stageIndex, set, 'conditions', index, 'rules', at];
          renameIn(rule.inputArtifacts, [...path, 'inputArtifacts']);
          if (rule.inputArtifacts?.some(({ name }) => name === from))
            edits.push(...inConfiguration(rule.configuration, path, from, to));
        }
      }
    }
  }
  return isTaken ? { refused: `There already is an artifact "${to}".` } : { label, edits };
}

/** PrimarySource = "Name", TemplatePath = "Name::file": both name an input artifact. */
function inConfiguration(
  configuration: Readonly<Record<string, string>> | undefined,
  path: Path,
  from: string,
  to: string,
): DocumentEdit[] {
  return Object.entries(configuration ?? {}).flatMap(([key, value]) => {
    const at = [...path, 'configuration', key];
    if (key === 'PrimarySource' && value === from) return [{ path: at, value: to }];
    return value.startsWith(`${from}::`) ? [{ path: at, value: to + value.slice(from.length) }] : [];
  });
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
  return {
    label,
    edits: [{ path: ['variables', index, 'name'], value: to }, ...variableReferences(pipeline, from, to)],
  };
}

/** The edits by which references to a pipeline variable follow to its new name. */
export const variableReferences = (pipeline: PipelineDeclaration, from: string, to: string): DocumentEdit[] =>
  rewriteReferences(pipeline, ({ namespace, key, malformed }) =>
    namespace === 'variables' && key === from && malformed === undefined ? `#{variables.${to}}` : undefined,
  );
