import type { ExecutionEvent, Happening } from '../shared/execution/events.ts';
import type { ActionDeclaration, PipelineDeclaration } from '../shared/model/declaration.ts';

const STAGES = 50;
const build = { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' } as const;
const source = { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' } as const;

/** A pipeline of 50 stages with `actions` actions, in groups of five, each fed by an action of the stage before. */
export function largePipeline(actions: number): PipelineDeclaration {
  const each = actions / STAGES;
  const output = (stage: number, action: number) => `Out${stage}-${action}`;
  return {
    name: 'large',
    roleArn: 'arn:aws:iam::111122223333:role/large',
    artifactStore: { type: 'S3', location: 'large-artifacts' },
    pipelineType: 'V2',
    stages: Array.from({ length: STAGES }, (_, stage) => ({
      name: `Stage${stage}`,
      actions: Array.from({ length: each }, (_, action): ActionDeclaration => {
        const name = `Action${stage}-${action}`;
        const runOrder = Math.floor(action / 5) + 1;
        const outputArtifacts = [{ name: output(stage, action) }];
        if (stage === 0)
          return {
            name,
            actionTypeId: source,
            runOrder: 1,
            configuration: { RepositoryName: `repository-${action}`, BranchName: 'main' },
            outputArtifacts,
          };
        return {
          name,
          actionTypeId: build,
          runOrder,
          configuration: { ProjectName: `project-${stage}-${action}` },
          inputArtifacts: [{ name: output(stage - 1, action) }],
          outputArtifacts,
        };
      }),
    })),
  };
}

/** An execution's beginning and then `count` updates of cards of the first stage, one a frame. */
export function statusEvents(actions: number, count: number): ExecutionEvent[] {
  const happenings: Happening[] = [
    {
      type: 'ExecutionStarted',
      pipelineExecutionId: 'bench',
      pipelineName: 'large',
      pipelineVersion: 1,
      executionMode: 'SUPERSEDED',
      executionType: 'STANDARD',
      trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
      startNumber: 1,
      declaration: largePipeline(actions),
      variables: {},
      bindings: {},
    },
    { type: 'StageStarted', stageName: 'Stage0', attempt: 1 },
  ];
  const each = actions / STAGES;
  for (let update = 0; update < count; update += 1) {
    const actionName = `Action0-${Math.floor(update / 2) % each}`;
    const round = Math.floor(update / 2 / each) + 1;
    const place = { stageName: 'Stage0', actionName, actionExecutionId: `${actionName}-${round}` };
    happenings.push(
      update % 2 === 0
        ? {
            type: 'ActionStarted',
            ...place,
            actionTypeId: source,
            attempt: round,
            fidelity: 'real',
            resolvedConfiguration: {},
            inputArtifacts: [],
          }
        : { type: 'ActionFinished', ...place, status: 'Succeeded', outputArtifacts: [], outputVariables: {} },
    );
  }
  const start = Date.now();
  return happenings.map((happening, index) => ({
    seq: index + 1,
    at: start + index * 20,
    mono: index * 20,
    ...happening,
  }));
}
