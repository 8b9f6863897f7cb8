import type { ActionDeclaration, PipelineDeclaration } from '../model/declaration.ts';
import { pipelineTypeOf } from '../model/pipelineTypeOf.ts';

/**
 * One text for all declarations that mean the same, for comparing a live pipeline with a local one: members in the order
 * GetPipeline has them, maps sorted by key, defaults that the service fills in written out (reference/pipeline-structure.md
 * §4), and `version` left out, because the service counts it.
 */
export function canonicalJson(pipeline: PipelineDeclaration): string {
  const { version: _counted, ...declaration } = pipeline;
  const filled = {
    ...declaration,
    stages: pipeline.stages.map((stage) => ({ ...stage, actions: stage.actions.map(fillAction) })),
    executionMode: pipeline.executionMode ?? 'SUPERSEDED',
    pipelineType: pipelineTypeOf(pipeline),
    variables: orAbsent(pipeline.variables),
    triggers: orAbsent(pipeline.triggers),
  };
  return `${JSON.stringify({ pipeline: ordered(filled, 'pipeline') }, null, 2)}\n`;
}

const orAbsent = <T>(items: readonly T[] | undefined) => (items && items.length > 0 ? items : undefined);

const fillAction = (action: ActionDeclaration) => ({
  ...action,
  runOrder: action.runOrder ?? 1,
  configuration: action.configuration ?? {},
  inputArtifacts: action.inputArtifacts ?? [],
  outputArtifacts: action.outputArtifacts ?? [],
  environmentVariables: orAbsent(action.environmentVariables)?.map((variable) => ({
    ...variable,
    type: variable.type ?? 'PLAINTEXT',
  })),
});

const ranks = (order: string) => new Map(order.split(' ').map((key, index) => [key, index]));
/** Order of members as the service prints them; whatever is not named here follows by name. */
const rank = ranks(
  'name artifactStore artifactStores stages executionMode pipelineType variables triggers type location encryptionKey id beforeEntry onSuccess onFailure result retryConfiguration retryMode conditions rules actionTypeId ruleTypeId category owner provider version runOrder configuration commands environmentVariables outputVariables outputArtifacts inputArtifacts actions value defaultValue description providerType gitConfiguration sourceActionName push pullRequest events tags branches filePaths includes excludes files roleArn region namespace timeoutInMinutes',
);
/** The role stands second in a pipeline, and towards the end of an action. */
const pipelineRank = ranks(
  'name roleArn artifactStore artifactStores stages executionMode pipelineType variables triggers',
);
/** Members whose keys are names that people chose. */
const maps = new Set(['configuration', 'artifactStores']);

function ordered(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, ''));
  if (typeof value !== 'object' || value === null) return value;
  const rankOf = (key: string) =>
    maps.has(name) ? 0 : ((name === 'pipeline' ? pipelineRank : rank).get(key) ?? rank.size);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member, key)]));
}
