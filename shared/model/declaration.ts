import { z } from 'zod';

/*
 * The pipeline declaration as AWS has it (reference/pipeline-structure.md §1-7): every field with its limits. Objects are
 * loose, so unknown fields survive. Patterns match the whole string. Messages name the rule of reference/validation.md.
 */

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u');
const text = (min: number, max: number) => z.string().min(min).max(max);
const named = (min: number, max: number, pattern: string) => text(min, max).regex(whole(pattern));

export const NAME_PATTERN = '[A-Za-z0-9.@\\-_]+';
export const ARTIFACT_NAME_PATTERN = '[a-zA-Z0-9_\\-]+';
export const NAMESPACE_PATTERN = '[A-Za-z0-9@\\-_]+';
export const ROLE_ARN_PATTERN = 'arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*';

const name = named(1, 100, NAME_PATTERN);
const roleArn = named(1, 1024, ROLE_ARN_PATTERN);
const region = text(4, 30);
const artifactName = named(1, 100, ARTIFACT_NAME_PATTERN);

export const categories = ['Source', 'Build', 'Test', 'Deploy', 'Invoke', 'Approval', 'Compute'] as const;
export const owners = ['AWS', 'ThirdParty', 'Custom'] as const;
export const executionModes = ['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const;
export const retryModes = ['FAILED_ACTIONS', 'ALL_ACTIONS'] as const;
export const conditionResults = ['ROLLBACK', 'FAIL', 'RETRY', 'SKIP'] as const;

export const encryptionKeySchema = z.looseObject({ id: text(1, 400), type: z.enum(['KMS']) });

export const artifactStoreSchema = z.looseObject({
  type: z.enum(['S3']),
  location: named(3, 63, '[a-zA-Z0-9\\-.]+'),
  encryptionKey: encryptionKeySchema.optional(),
});

export const actionTypeIdSchema = z.looseObject({
  category: z.enum(categories),
  owner: z.enum(owners),
  provider: named(1, 35, '[0-9A-Za-z_-]+'),
  version: named(1, 9, '[0-9A-Za-z_-]+'),
});

export const inputArtifactSchema = z.looseObject({ name: artifactName });
export const outputArtifactSchema = z.looseObject({
  name: artifactName,
  files: z.array(text(1, 128)).min(1).max(10).optional(),
});

export const environmentVariableSchema = z.looseObject({
  name: named(1, 128, '[A-Za-z0-9_]+'),
  value: named(1, 2000, '.*'),
  type: z.enum(['PLAINTEXT', 'SECRETS_MANAGER']).optional(),
});

const commands = z.array(text(1, 1000)).min(1).max(50);

export const actionSchema = z.looseObject({
  name,
  actionTypeId: actionTypeIdSchema,
  runOrder: z.number().int().min(1).max(999).optional(),
  configuration: z.record(text(1, 50), text(1, 1000)).optional(),
  commands: commands.optional(),
  environmentVariables: z.array(environmentVariableSchema).min(1).max(10).optional(),
  outputVariables: z.array(text(1, 128)).min(1).max(15).optional(),
  inputArtifacts: z.array(inputArtifactSchema).optional(),
  outputArtifacts: z.array(outputArtifactSchema).optional(),
  roleArn: roleArn.optional(),
  region: region.optional(),
  namespace: named(1, 100, NAMESPACE_PATTERN).optional(),
  timeoutInMinutes: z.number().int().min(5).max(86400).optional(),
});

export const ruleTypeIdSchema = z.looseObject({
  category: z.enum(['Rule']),
  owner: z.enum(['AWS']).optional(),
  provider: named(1, 35, '[0-9A-Za-z_-]+'),
  version: named(1, 9, '[0-9A-Za-z_-]+').optional(),
});

export const ruleSchema = z.looseObject({
  name,
  ruleTypeId: ruleTypeIdSchema,
  configuration: z
    .record(text(1, 50), text(1, 10000))
    .refine((map) => Object.keys(map).length <= 200, 'At most 200 entries.')
    .optional(),
  commands: commands.optional(),
  inputArtifacts: z.array(inputArtifactSchema).optional(),
  roleArn: roleArn.optional(),
  region: region.optional(),
  timeoutInMinutes: z.number().int().min(5).max(86400).optional(),
});

export const conditionSchema = z.looseObject({
  result: z.enum(conditionResults).optional(),
  rules: z.array(ruleSchema).min(1).max(5).optional(),
});

const conditions = z.array(conditionSchema).min(1).max(1);
export const conditionSetSchema = z.looseObject({ conditions });
export const failureConditionsSchema = z.looseObject({
  result: z.enum(conditionResults).optional(),
  retryConfiguration: z.looseObject({ retryMode: z.enum(retryModes).optional() }).optional(),
  conditions: conditions.optional(),
});

export const stageSchema = z.looseObject({
  name,
  actions: z.array(actionSchema),
  blockers: z.array(z.looseObject({ name: text(1, 100), type: z.enum(['Schedule']) })).optional(),
  beforeEntry: conditionSetSchema.optional(),
  onSuccess: conditionSetSchema.optional(),
  onFailure: failureConditionsSchema.optional(),
});

export const pipelineVariableSchema = z.looseObject({
  name: named(1, 128, '[A-Za-z0-9@\\-_]+'),
  defaultValue: named(1, 1000, '.*').optional(),
  description: z.string().max(200).optional(),
});

const patterns = z
  .array(named(1, 255, '.*'))
  .min(1)
  .max(8)
  .optional();
const filter = z.looseObject({ includes: patterns, excludes: patterns });

export const triggerSchema = z.looseObject({
  providerType: z.enum(['CodeStarSourceConnection']),
  gitConfiguration: z.looseObject({
    sourceActionName: name,
    push: z
      .array(z.looseObject({ tags: filter.optional(), branches: filter.optional(), filePaths: filter.optional() }))
      .min(1)
      .max(3)
      .optional(),
    pullRequest: z
      .array(
        z.looseObject({
          events: z
            .array(z.enum(['OPEN', 'UPDATED', 'CLOSED']))
            .min(1)
            .max(3)
            .optional(),
          branches: filter.optional(),
          filePaths: filter.optional(),
        }),
      )
      .min(1)
      .max(3)
      .optional(),
  }),
});

export const pipelineSchema = z.looseObject({
  name,
  roleArn,
  artifactStore: artifactStoreSchema.optional(),
  artifactStores: z.record(region, artifactStoreSchema).optional(),
  stages: z.array(stageSchema),
  version: z.number().int().min(1).optional(),
  executionMode: z.enum(executionModes).optional(),
  pipelineType: z.enum(['V1', 'V2']).optional(),
  variables: z.array(pipelineVariableSchema).max(50).optional(),
  triggers: z.array(triggerSchema).max(50).optional(),
});

export type ActionTypeId = z.output<typeof actionTypeIdSchema>;
export type Category = (typeof categories)[number];
export type ExecutionMode = (typeof executionModes)[number];
export type RetryMode = (typeof retryModes)[number];
export type ActionDeclaration = z.output<typeof actionSchema>;
export type StageDeclaration = z.output<typeof stageSchema>;
export type RuleDeclaration = z.output<typeof ruleSchema>;
export type PipelineDeclaration = z.output<typeof pipelineSchema>;
export type PipelineVariable = z.output<typeof pipelineVariableSchema>;

/** Types of one action type as one key: 'Deploy/AWS/S3/1'. */
export const actionTypeKey = (id: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>): string =>
  `${id.category}/${id.owner}/${id.provider}/${id.version}`;

/** The place of an action, as Problems and events name it: 'Stage/Action'. */
export const actionKey = (stageName: string, actionName: string): string => `${stageName}/${actionName}`;

/** The member of a stage that holds the conditions of each type, as OverrideStageCondition names the types. */
export const conditionSets = { BEFORE_ENTRY: 'beforeEntry', ON_SUCCESS: 'onSuccess', ON_FAILURE: 'onFailure' } as const;

/** Names a rule among all places of a pipeline, as `actionKey` an action: 'Stage/beforeEntry/Rule'. Names have no slashes. */
export const ruleKey = (stageName: string, conditionType: keyof typeof conditionSets, ruleName: string): string =>
  `${stageName}/${conditionSets[conditionType]}/${ruleName}`;

/** The rules of a stage with their condition types, in the order of the declaration. */
export const rulesOfStage = (
  stage: Pick<StageDeclaration, (typeof conditionSets)[keyof typeof conditionSets]>,
): { conditionType: keyof typeof conditionSets; rule: RuleDeclaration }[] =>
  (['BEFORE_ENTRY', 'ON_SUCCESS', 'ON_FAILURE'] as const).flatMap((conditionType) =>
    (stage[conditionSets[conditionType]]?.conditions ?? []).flatMap(({ rules = [] }) =>
      rules.map((rule) => ({ conditionType, rule })),
    ),
  );

/** The runOrder groups of a stage, ascending; an absent runOrder is 1 (reference/execution-semantics.md §3). */
export function runOrderGroups(
  stage: Pick<StageDeclaration, 'actions'>,
): { runOrder: number; actions: ActionDeclaration[] }[] {
  const groups = new Map<number, ActionDeclaration[]>();
  for (const action of stage.actions) {
    const order = action.runOrder ?? 1;
    const group = groups.get(order);
    if (group) group.push(action);
    else groups.set(order, [action]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([runOrder, actions]) => ({ runOrder, actions }));
}
