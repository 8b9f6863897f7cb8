import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { strings } from '../../strings/strings.ts';
import { indicesOf, type Operation } from './operation.ts';

const orderOf = ({ runOrder = 1 }: ActionDeclaration): number => runOrder;
const namesOf = (actions: readonly ActionDeclaration[]): string => actions.map(({ name }) => name).join(', ');
const takesFrom = (taker: ActionDeclaration, maker: ActionDeclaration): boolean =>
  (taker.inputArtifacts ?? []).some((input) => (maker.outputArtifacts ?? []).some(({ name }) => name === input.name));

/** The actions of the places, where all are of one stage. */
function inOneStage(pipeline: PipelineDeclaration, places: readonly string[]) {
  const found = places.map((where) => indicesOf(pipeline, where));
  const stageIndex = found[0]?.stageIndex;
  const stage = stageIndex === undefined ? undefined : pipeline.stages[stageIndex];
  if (stageIndex === undefined || !stage) return undefined;
  if (found.some((one) => one?.stageIndex !== stageIndex || one.actionIndex === undefined)) return undefined;
  const chosen = new Set(found.map((one) => one!.actionIndex!));
  return { stageIndex, stage, actions: stage.actions.filter((_, index) => chosen.has(index)) };
}

function editsOf(stage: StageDeclaration, stageIndex: number, orders: ReadonlyMap<ActionDeclaration, number>) {
  return [...orders].flatMap(([action, runOrder]): DocumentEdit[] =>
    orderOf(action) === runOrder
      ? []
      : [{ path: ['stages', stageIndex, 'actions', stage.actions.indexOf(action), 'runOrder'], value: runOrder }],
  );
}

/** The selected actions of a stage run side by side, where the first of them ran. */
export function groupActions(pipeline: PipelineDeclaration, places: readonly string[]): Operation {
  const words = strings.canvas.operations;
  const found = inOneStage(pipeline, places);
  if (!found || found.actions.length < 2) return { refused: words.selectToGroup };
  const { stage, stageIndex, actions } = found;
  const runOrder = Math.min(...actions.map(orderOf));
  for (const taker of actions)
    for (const maker of stage.actions) {
      if (maker === taker || !takesFrom(taker, maker)) continue;
      if (actions.includes(maker) || orderOf(maker) >= runOrder)
        return { refused: words.needs(taker.name, maker.name) };
    }
  const edits = editsOf(stage, stageIndex, new Map(actions.map((action) => [action, runOrder])));
  if (edits.length === 0) return { refused: words.grouped(namesOf(actions)) };
  return { label: words.group(namesOf(actions)), edits, select: places[0] ?? '' };
}

/** The selected actions, or those that run beside the one selected, run one after the other; what came after comes after them. */
export function ungroupActions(pipeline: PipelineDeclaration, places: readonly string[]): Operation {
  const words = strings.canvas.operations;
  const found = inOneStage(pipeline, places);
  if (!found) return { refused: words.selectToGroup };
  const { stage, stageIndex } = found;
  const runOrder = orderOf(found.actions[0]!);
  const group = stage.actions.filter((action) => orderOf(action) === runOrder);
  const chosen = found.actions.length > 1 ? found.actions.filter((action) => group.includes(action)) : group;
  if (chosen.length < 2) return { refused: words.runsAlone(found.actions[0]!.name) };
  // What is not chosen stays where it is, beside the first.
  const orders = new Map(chosen.map((action, index) => [action, runOrder + index]));
  for (const action of stage.actions)
    if (orderOf(action) > runOrder) orders.set(action, orderOf(action) + chosen.length - 1);
  return { label: words.ungroup(namesOf(chosen)), edits: editsOf(stage, stageIndex, orders), select: places[0] ?? '' };
}
