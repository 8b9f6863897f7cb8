import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { findProvider } from '../../../shared/providers/table.ts';
import { strings } from '../../strings/strings.ts';
import { artifactsBefore, isBefore } from '../graph.ts';
import { indicesOf, type Operation, outputNames, uniqueName } from './operation.ts';

/**
 * Gives `to` an input artifact that `from` produces. Without `artifact` it is the producer's first output that `to` lacks; a
 * producer that may have an output and has none yet gets one.
 */
export function connect(pipeline: PipelineDeclaration, from: string, to: string, artifact?: string): Operation {
  const words = strings.canvas.operations;
  const source = placeIn(pipeline, from);
  const target = placeIn(pipeline, to);
  if (!source || !target) return { refused: words.connectAnother };
  if (from === to) return { refused: words.ownOutput };
  const { action: producer } = source;
  const { action: consumer } = target;
  if (!isBefore(source, target)) {
    if (source.stageIndex === target.stageIndex && source.runOrder === target.runOrder)
      return { refused: words.sideBySide(producer.name, consumer.name, source.runOrder) };
    return { refused: words.runsBefore(consumer.name, producer.name) };
  }
  const most = mostOf(consumer, 'inputs');
  const inputs = consumer.inputArtifacts ?? [];
  if (most === 0) return { refused: words.takesNone(labelOf(consumer)) };

  const edits: DocumentEdit[] = [];
  let name = artifact;
  if (name === undefined) {
    const held = new Set(inputs.map((input) => input.name));
    const outputs = producer.outputArtifacts ?? [];
    name = outputs.find((output) => !held.has(output.name))?.name;
    if (name === undefined && outputs.length > 0)
      return { refused: words.alreadyTakes(consumer.name, outputs.map((o) => o.name).join(', ')) };
    if (name === undefined) {
      if (mostOf(producer, 'outputs') === 0) return { refused: words.makesNone(labelOf(producer)) };
      name = uniqueName(`${producer.name.replace(/[^a-zA-Z0-9_-]/g, '').slice(0, 90)}Output`, outputNames(pipeline));
      edits.push({ path: [...pathTo(source), 'outputArtifacts'], value: [{ name }] });
    }
  }
  if (inputs.some((input) => input.name === name)) return { refused: words.alreadyTakes(consumer.name, name) };
  if (inputs.length >= most) return { refused: words.takesAtMost(labelOf(consumer), most) };
  edits.push(
    consumer.inputArtifacts
      ? { path: [...pathTo(target), 'inputArtifacts', inputs.length], value: { name }, insert: true }
      : { path: [...pathTo(target), 'inputArtifacts'], value: [{ name }] },
  );
  return { label: words.connect(name, consumer.name), edits, select: to };
}

/** Takes an input artifact away from an action. */
export function disconnect(pipeline: PipelineDeclaration, to: string, artifact: string): Operation {
  const words = strings.canvas.operations;
  const target = placeIn(pipeline, to);
  const inputs = target?.action.inputArtifacts ?? [];
  const index = inputs.findIndex(({ name }) => name === artifact);
  if (!target || index < 0) return { refused: words.connectionGone };
  const path = [...pathTo(target), 'inputArtifacts'];
  return {
    label: words.disconnect(artifact, target.action.name),
    edits: [{ path: inputs.length === 1 ? path : [...path, index], value: undefined }],
    select: to,
  };
}

/** The artifacts that an action could still take, nearest first: the list behind "Connect to…". */
export function connectable(pipeline: PipelineDeclaration, to: string) {
  const target = placeIn(pipeline, to);
  if (!target) return [];
  const held = new Set((target.action.inputArtifacts ?? []).map(({ name }) => name));
  return artifactsBefore(pipeline, target).filter(({ artifact }) => !held.has(artifact));
}

/** The later actions that would take an artifact of this one: the list behind "Connect to". */
export function connectTargets(pipeline: PipelineDeclaration, from: string) {
  return pipeline.stages.flatMap((stage) =>
    stage.actions.flatMap((action) => {
      const where = `${stage.name}/${action.name}`;
      const operation = connect(pipeline, from, where);
      return 'refused' in operation ? [] : [{ where, stageName: stage.name, actionName: action.name }];
    }),
  );
}

type Placed = { stageIndex: number; actionIndex: number; runOrder: number; action: ActionDeclaration };
function placeIn(pipeline: PipelineDeclaration, where: string): Placed | undefined {
  const found = indicesOf(pipeline, where);
  if (found?.actionIndex === undefined) return undefined;
  const { stageIndex, actionIndex } = found;
  const action = pipeline.stages[stageIndex]!.actions[actionIndex]!;
  return { stageIndex, actionIndex, action, runOrder: action.runOrder ?? 1 };
}
const pathTo = ({ stageIndex, actionIndex }: Placed) => ['stages', stageIndex, 'actions', actionIndex];
const mostOf = (action: ActionDeclaration, side: 'inputs' | 'outputs') =>
  findProvider(action.actionTypeId)?.artifacts[side][1] ?? 5;
const labelOf = (action: ActionDeclaration) => findProvider(action.actionTypeId)?.label ?? action.actionTypeId.provider;
