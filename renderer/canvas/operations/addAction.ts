import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Provider } from '../../../shared/providers/provider.ts';
import { strings } from '../../strings/strings.ts';
import { artifactsBefore } from '../graph.ts';
import type { Slot } from '../slots.ts';
import { allActions, type Operation, outputNames, uniqueName } from './operation.ts';
import { makeRoom, refusal } from './placement.ts';

/** Adds an action of a provider in a slot: a free valid name, the nearest artifact as input, an output where one is expected. */
export function addAction(pipeline: PipelineDeclaration, provider: Provider, slot: Slot): Operation {
  const { category } = provider.actionTypeId;
  const refused = refusal(pipeline, category, slot);
  if (refused) return { refused };

  if (slot.kind === 'stage') {
    const name = uniqueName(
      slot.name ?? stageNameFor(provider),
      pipeline.stages.map((stage) => stage.name),
    );
    const action = newAction(pipeline, provider, { stageIndex: slot.index - 1, runOrder: Number.POSITIVE_INFINITY }, 1);
    return {
      label: strings.canvas.operations.addStageWith(name, action.name),
      edits: [{ path: ['stages', slot.index], value: { name, actions: [action] }, insert: true }],
      select: `${name}/${action.name}`,
    };
  }
  const stage = pipeline.stages[slot.stageIndex]!;
  const { runOrder, index, edits } = makeRoom(slot.stageIndex, stage.actions, slot);
  const action = newAction(pipeline, provider, { stageIndex: slot.stageIndex, runOrder }, runOrder);
  return {
    label: strings.canvas.operations.addTo(action.name, stage.name),
    edits: [...edits, { path: ['stages', slot.stageIndex, 'actions', index], value: action, insert: true }],
    select: `${stage.name}/${action.name}`,
  };
}

function newAction(
  pipeline: PipelineDeclaration,
  { actionTypeId, artifacts }: Provider,
  position: { stageIndex: number; runOrder: number },
  runOrder: number,
): ActionDeclaration {
  const name = uniqueName(
    actionNameFor(actionTypeId),
    allActions(pipeline).map((action) => action.name),
  );
  const [leastInputs, mostInputs] = artifacts.inputs;
  const wanted = mostInputs === 0 ? 0 : Math.max(leastInputs, takesArtifact.has(actionTypeId.category) ? 1 : 0);
  const inputs = [...new Set(artifactsBefore(pipeline, position).map(({ artifact }) => artifact))].slice(0, wanted);
  const [leastOutputs, mostOutputs] = artifacts.outputs;
  const count = Math.min(mostOutputs, Math.max(leastOutputs, makesArtifact.has(actionTypeId.category) ? 1 : 0));
  const taken = outputNames(pipeline);
  const outputs: string[] = [];
  for (let made = 0; made < count; made += 1)
    outputs.push(uniqueName(`${artifactNameFor(name)}Output`, [...taken, ...outputs]));
  const { category, owner, provider, version } = actionTypeId;
  return {
    name,
    actionTypeId: { category, owner, provider, version },
    runOrder,
    configuration: {},
    ...(outputs.length > 0 && { outputArtifacts: outputs.map((output) => ({ name: output })) }),
    ...(inputs.length > 0 && { inputArtifacts: inputs.map((input) => ({ name: input })) }),
  };
}

const takesArtifact = new Set(['Build', 'Test', 'Deploy', 'Compute']);
const makesArtifact = new Set(['Source', 'Build']);

const actionNameFor = ({ category, provider }: Provider['actionTypeId']): string =>
  category === 'Invoke' || category === 'Compute'
    ? provider.replace(/[^A-Za-z0-9_-]/g, '')
    : category === 'Approval'
      ? 'Approve'
      : category;
const stageNameFor = ({ actionTypeId: { category } }: Provider): string =>
  category === 'Approval' ? 'Approval' : category === 'Compute' ? 'Build' : category;
/** Action names may hold '.' and '@', artifact names may not. */
const artifactNameFor = (name: string): string => name.replace(/[^a-zA-Z0-9_-]/g, '').slice(0, 90);
