import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../../model/declaration.ts';
import type { DocumentEdit } from '../../model/documentText.ts';
import type { Change, Refused } from '../../model/edits/change.ts';
import type { Path } from '../../model/textTree.ts';
import type { Problem } from '../../problem.ts';
import type { Provider } from '../../providers/provider.ts';
import { type ActionAt, isBefore, type RuleContext } from '../ruleContext.ts';

/** One way to mend a problem: edits of the declaration, made in the text by the same functions as a gesture on the canvas. */
export interface QuickFix {
  /** What it does, whatever the problem: fixes of one kind are made together ("fix all"). */
  kind: string;
  /** Tells a person before the click; the label of the step afterwards. */
  title: string;
  edits: DocumentEdit[];
  /** What is selected afterwards, where it is not the place of the problem. */
  select?: string;
  /** What the sidecar is afterwards, where it keeps something by a name that changed. */
  sidecar?: NonNullable<Change['sidecar']>;
}

/** The action that a problem is about. */
export interface FaultyAction extends ActionAt {
  path: Path;
}

/** A problem with all that a fixer needs to know of it. */
export interface Faulty {
  problem: Problem;
  pipeline: PipelineDeclaration;
  /** The pipeline indexed, as rules have it. */
  context: RuleContext;
  /** Where the problem is in the declaration. */
  path: Path;
  /** What stands there; undefined when nothing does. */
  value: unknown;
  /** Undefined for problems of a stage or the pipeline. */
  action: FaultyAction | undefined;
}

/** Answers ways to mend a problem, best first; nothing where it cannot. Whether they help is judged by quickFixes. */
export type Fixer = (faulty: Faulty) => readonly (QuickFix | undefined)[];

export const set = (kind: string, title: string, path: Path, value: unknown): QuickFix => ({
  kind,
  title,
  edits: [{ path, value }],
});
export const remove = (kind: string, title: string, path: Path): QuickFix => set(kind, title, path, undefined);
export const insert = (kind: string, title: string, path: Path, value: unknown): QuickFix => ({
  kind,
  title,
  edits: [{ path, value, insert: true }],
});

/** A rename as a fix; a refused one is none. */
export function renaming(kind: string, change: Change | Refused): QuickFix | undefined {
  if ('refused' in change || change.edits.length === 0) return undefined;
  const { label, edits, selection, sidecar } = change;
  return {
    kind,
    title: label,
    edits,
    ...(selection !== undefined && { select: selection }),
    ...(sidecar && { sidecar }),
  };
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const segment of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, segment)) return undefined;
    found = (found as Record<string | number, unknown>)[segment];
  }
  return found;
}

/** Outputs that exist before a place, nearest producer first, each name once. */
export function outputsBefore(
  { actions }: RuleContext,
  place: Pick<ActionAt, 'stageIndex' | 'runOrder'>,
): { name: string; producer: ActionAt }[] {
  const found = new Map<string, ActionAt>();
  for (const producer of nearestFirst(actions.filter((other) => isBefore(other, place)))) {
    for (const { name } of producer.action.outputArtifacts ?? []) if (!found.has(name)) found.set(name, producer);
  }
  return [...found].map(([name, producer]) => ({ name, producer }));
}

/** The last to run first. */
export const nearestFirst = (actions: readonly ActionAt[]): ActionAt[] =>
  [...actions].sort((a, b) => b.stageIndex - a.stageIndex || b.runOrder - a.runOrder || a.actionIndex - b.actionIndex);

export const pathOfAction = ({ stageIndex, actionIndex }: Pick<ActionAt, 'stageIndex' | 'actionIndex'>): Path => [
  'stages',
  stageIndex,
  'actions',
  actionIndex,
];

export const outputNames = (pipeline: PipelineDeclaration): string[] =>
  pipeline.stages.flatMap(({ actions }) => actions.flatMap((a) => (a.outputArtifacts ?? []).map(({ name }) => name)));

/** A name for one more output of an action: action names may hold '.' and '@', artifact names may not. */
export const outputNameFor = ({ name }: ActionDeclaration): string =>
  `${name.replace(/[^a-zA-Z0-9_-]/g, '').slice(0, 90)}Output`;

export const canMakeMore = (provider: Provider | undefined, action: ActionDeclaration): boolean =>
  provider !== undefined && (action.outputArtifacts?.length ?? 0) < provider.artifacts.outputs[1];

/** The least that a stage can hold beside sources: it needs no configuration. */
export const approval = (name: string): StageDeclaration['actions'][number] => ({
  name,
  actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
});
