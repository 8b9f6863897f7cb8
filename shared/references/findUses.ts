import { findReferences, type VariableReference } from '../execution/variables.ts';
import {
  type ActionDeclaration,
  actionKey,
  conditionSets,
  type PipelineDeclaration,
  type RuleDeclaration,
} from '../model/declaration.ts';
import { rewriteText } from '../model/edits/lookupTexts.ts';
import { artifactInConfiguration, artifactInRule } from './artifactUses.ts';

/**
 * Everything of a declaration that refers to something else of it by name: what "Used by" lists, and what a rename changes.
 * A pipeline variable is the namespace `variables` with one key.
 */
export interface Use {
  /** 'Stage/Action'; 'Stage' for a rule of its conditions; '' for the pipeline (a trigger). */
  where: string;
  /** What refers to it there, in words: 'input artifact', 'ProjectName', 'command 2'. */
  what: string;
  /** Of the value in the declaration. */
  path: (string | number)[];
  /** The value there once the thing has another name. */
  renamed: (to: string) => string;
}

type Path = Use['path'];

interface Place {
  where: string;
  path: Path;
  /** In front of `what`, for a rule: 'rule Healthy, '. */
  prefix: string;
  action?: ActionDeclaration;
  rule?: RuleDeclaration;
}

/** Uses of an artifact: inputs of actions and rules, and configuration that names it. Its producers are no uses. */
export function usesOfArtifact(pipeline: PipelineDeclaration, name: string): Use[] {
  return [...placesOf(pipeline)].flatMap(({ where, path, prefix, action, rule }) => {
    const inputs = (action ?? rule)?.inputArtifacts ?? [];
    const named = action ? artifactInConfiguration(action, name) : rule ? artifactInRule(rule, name) : [];
    return [
      ...inputs.flatMap((input, index): Use[] =>
        input.name === name
          ? [
              {
                where,
                what: `${prefix}input artifact`,
                path: [...path, 'inputArtifacts', index, 'name'],
                renamed: (to) => to,
              },
            ]
          : [],
      ),
      ...named.map(
        ({ key, renamed }): Use => ({ where, what: prefix + key, path: [...path, 'configuration', key], renamed }),
      ),
    ];
  });
}

/** Uses of `#{namespace.…}`, or of one of its variables, wherever CodePipeline looks references up. */
export function usesOfVariable(pipeline: PipelineDeclaration, namespace: string, key?: string): Use[] {
  const isMeant = (reference: VariableReference) =>
    reference.malformed === undefined &&
    reference.namespace === namespace &&
    (key === undefined || reference.key === key);
  return [...textsOf(pipeline)].flatMap(({ text, ...use }): Use[] => {
    if (!text.includes('#{') || !findReferences(text).some(isMeant)) return [];
    const renamed = (to: string) =>
      rewriteText(text, (reference) => {
        if (!isMeant(reference)) return undefined;
        return key === undefined ? `#{${to}.${reference.key}}` : `#{${namespace}.${to}}`;
      });
    return [{ ...use, renamed }];
  });
}

/** Uses of a source action's name: the triggers of the pipeline. */
export function usesOfAction(pipeline: PipelineDeclaration, stageName: string, actionName: string): Use[] {
  if (pipeline.stages[0]?.name !== stageName) return [];
  return (pipeline.triggers ?? []).flatMap(({ gitConfiguration }, index): Use[] =>
    gitConfiguration?.sourceActionName === actionName
      ? [
          {
            where: '',
            what: `trigger ${index + 1}`,
            path: ['triggers', index, 'gitConfiguration', 'sourceActionName'],
            renamed: (to) => to,
          },
        ]
      : [],
  );
}

/** Uses of an action as a whole: of its name, of what it makes and of its variables. */
export const usesOfWhole = (pipeline: PipelineDeclaration, stageName: string, action: ActionDeclaration): Use[] => [
  ...usesOfAction(pipeline, stageName, action.name),
  ...(action.outputArtifacts ?? []).flatMap(({ name }) => usesOfArtifact(pipeline, name)),
  ...(action.namespace ? usesOfVariable(pipeline, action.namespace) : []),
];

/** Is a use outside a stage? */
export const isElsewhere =
  (stageName: string) =>
  ({ where }: Use): boolean =>
    where !== stageName && !where.startsWith(`${stageName}/`);

/** Every text of actions and rules in which references are looked up (reference/execution-semantics.md §10). */
export function* textsOf(
  pipeline: PipelineDeclaration,
): Generator<{ where: string; what: string; path: Path; text: string }> {
  for (const { where, path, prefix, action, rule } of placesOf(pipeline)) {
    const { configuration = {}, commands = [] } = action ?? rule ?? {};
    for (const [key, text] of Object.entries(configuration))
      yield { where, what: prefix + key, path: [...path, 'configuration', key], text };
    for (const [index, text] of commands.entries())
      yield { where, what: `${prefix}command ${index + 1}`, path: [...path, 'commands', index], text };
    for (const [index, { name, value }] of (action?.environmentVariables ?? []).entries()) {
      const at: Path = [...path, 'environmentVariables', index, 'value'];
      yield { where, what: `environment variable ${name}`, path: at, text: value };
    }
  }
}

function* placesOf(pipeline: PipelineDeclaration): Generator<Place> {
  for (const [stageIndex, stage] of pipeline.stages.entries()) {
    const at: Path = ['stages', stageIndex];
    for (const [index, action] of stage.actions.entries())
      yield { where: actionKey(stage.name, action.name), path: [...at, 'actions', index], prefix: '', action };
    for (const set of Object.values(conditionSets)) {
      for (const [conditionIndex, condition] of (stage[set]?.conditions ?? []).entries()) {
        for (const [index, rule] of (condition.rules ?? []).entries()) {
          const path: Path = [...at, set, 'conditions', conditionIndex, 'rules', index];
          yield { where: stage.name, path, prefix: `rule ${rule.name}, `, rule };
        }
      }
    }
  }
}
