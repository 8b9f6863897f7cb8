import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { placeOf } from '../model/place.ts';
import { type Problem, type ProblemInput, problem } from '../problem.ts';
import type { Provider, RuleType } from '../providers/provider.ts';

/** What the rules need of the table of action types. */
export interface ProviderLookup {
  /** Undefined for custom types and types that are newer than this program: what they take is not known. */
  knownProvider: (actionTypeId: ActionDeclaration['actionTypeId']) => Provider | undefined;
  findRuleType: (ruleTypeId: { provider: string }) => RuleType | undefined;
}

export interface ActionAt {
  readonly stage: StageDeclaration;
  readonly stageIndex: number;
  readonly action: ActionDeclaration;
  readonly actionIndex: number;
  readonly runOrder: number;
  readonly isSource: boolean;
  readonly provider: Provider | undefined;
  /** How people read it: 'Stage/Action'. */
  readonly label: string;
}

/** A pipeline indexed once for all rules. */
export interface RuleContext {
  readonly pipeline: PipelineDeclaration;
  readonly actions: readonly ActionAt[];
  /** True only when the pipeline says V1: without a type, V2 features make it V2. */
  readonly isDeclaredV1: boolean;
  /** By artifact name, in order of the declaration. */
  readonly producers: ReadonlyMap<string, readonly ActionAt[]>;
  /** By namespace. */
  readonly namespaces: ReadonlyMap<string, readonly ActionAt[]>;
  readonly lookup: ProviderLookup;
  report(fault: ProblemInput): void;
}

/** One rule of reference/validation.md, or a few that look at the same thing. */
export type Rule = (context: RuleContext) => void;

export function contextOf(pipeline: PipelineDeclaration, lookup: ProviderLookup, problems: Problem[]): RuleContext {
  const actions: ActionAt[] = [];
  const producers = new Map<string, ActionAt[]>();
  const namespaces = new Map<string, ActionAt[]>();
  for (const [stageIndex, stage] of pipeline.stages.entries()) {
    for (const [actionIndex, action] of stage.actions.entries()) {
      const at: ActionAt = {
        stage,
        stageIndex,
        action,
        actionIndex,
        runOrder: action.runOrder ?? 1,
        isSource: action.actionTypeId.category === 'Source',
        provider: lookup.knownProvider(action.actionTypeId),
        label: `${stage.name}/${action.name}`,
      };
      actions.push(at);
      for (const { name } of action.outputArtifacts ?? []) add(producers, name, at);
      if (action.namespace !== undefined) add(namespaces, action.namespace, at);
    }
  }
  return {
    pipeline,
    actions,
    isDeclaredV1: pipeline.pipelineType === 'V1',
    producers,
    namespaces,
    lookup,
    report: (fault) => problems.push(problem(fault)),
  };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** True when `a` has ended before `b` starts: an earlier stage, or a lower runOrder of the same stage. */
export const isBefore = (a: Pick<ActionAt, 'stageIndex' | 'runOrder'>, b: Pick<ActionAt, 'stageIndex' | 'runOrder'>) =>
  a.stageIndex < b.stageIndex || (a.stageIndex === b.stageIndex && a.runOrder < b.runOrder);

/** `where` and `field` of a stage or action, also when it has no name to be called by. */
export const placeOfStage = ({ pipeline }: RuleContext, stageIndex: number, ...field: (string | number)[]) =>
  placeOf(pipeline, ['stages', stageIndex, ...field]);
export const placeOfAction = (
  { pipeline }: RuleContext,
  { stageIndex, actionIndex }: Pick<ActionAt, 'stageIndex' | 'actionIndex'>,
  ...field: (string | number)[]
) => placeOf(pipeline, ['stages', stageIndex, 'actions', actionIndex, ...field]);

/** `"A", "B" and 3 more`, for messages; `or` where one of them is to be chosen. */
export function listed(names: readonly string[], most = 8, word: 'and' | 'or' = 'and'): string {
  const quoted = names.slice(0, most).map((name) => `"${name}"`);
  if (names.length > most) return `${quoted.join(', ')} ${word} ${names.length - most} more`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1)}` : (quoted[0] ?? '');
}

export const oneOf = (names: readonly string[]): string => listed(names, 20, 'or');
