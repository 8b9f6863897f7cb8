import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callOperation, type EndpointFixture, workerAction } from '../electron/endpoint/testing/endpointFixture.ts';
import { approve, pipelineOf, rule, run, withConditions } from '../electron/engine/testing/engineFixture.ts';
import { actionOf, type ExecutionState, isFinished, stageOf } from '../shared/execution/executionState.ts';
import type { ActionDeclaration, ExecutionMode, PipelineDeclaration } from '../shared/model/declaration.ts';

/** What a scenario sees when it is asked what comes next. */
export interface CrashWorld {
  readonly root: string;
  readonly host: EndpointFixture;
  /** All executions, in the order of their starts. */
  readonly states: readonly ExecutionState[];
  /** Notes a command, or what stands for one; twice the same is a double start. */
  note(line: string): void;
}

/** Something a host is killed in the middle of. What a person or a worker does in it depends on facts only, so any host goes on. */
export interface CrashScenario {
  /** The next thing that somebody does, undefined for nothing now. Asked again whenever something happened. */
  next(world: CrashWorld): Promise<unknown> | undefined;
  isOver(states: readonly ExecutionState[]): boolean;
  /** What is wrong with the end, a sentence each; asked only when no action was reported lost. */
  judge(states: readonly ExecutionState[]): string[];
  /** Actions that fail because the scenario wants them to. */
  fails?: readonly string[];
}

const evidence = (root: string, name: string) => `echo "${name} $PENSTOCK_COOKIE" >>${root}/evidence`;
const command = (root: string, name: string, seconds: string, extra: Partial<ActionDeclaration> = {}) =>
  run(name, [evidence(root, name), `sleep ${seconds}`], extra);
const all = (states: readonly ExecutionState[], wanted: number): boolean =>
  states.length >= wanted && states.every(isFinished);
const notSucceeded = (states: readonly ExecutionState[]): string[] =>
  states
    .filter(({ status }) => status !== 'Succeeded')
    .map(({ startNumber, status }) => `Run ${startNumber} ended ${status}.`);
/** Milliseconds from now to an instant. */
const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));

/** A person's answer to every approval, so long after it was asked for. */
function answered(world: CrashWorld, afterMs: number): Promise<unknown> | undefined {
  for (const { pipelineExecutionId, stages } of world.states) {
    for (const action of stages.flatMap(({ actions }) => actions)) {
      if (action?.status !== 'InProgress' || !action.approval || action.approval.answer) continue;
      const { stageName, actionName } = action;
      const { token } = action.approval;
      return until(action.startedAt + afterMs).then(() =>
        world.host.engine.handlers.putApprovalResult({
          pipelineExecutionId,
          stageName,
          actionName,
          token,
          status: 'Approved',
          summary: '',
        }),
      );
    }
  }
  return undefined;
}

const oneRun = (pipeline: (root: string) => PipelineDeclaration, more: Partial<CrashScenario> = {}): CrashScenario => ({
  next: (world) =>
    world.states.length === 0 ? world.host.start(pipeline(world.root)) : (more.next ?? (() => undefined))(world),
  isOver: more.isOver ?? ((states) => all(states, 1)),
  judge: more.judge ?? notSucceeded,
  ...(more.fails && { fails: more.fails }),
});

const stages = oneRun(
  (root) =>
    pipelineOf({
      Build: [
        command(root, 'Lint', '0.02'),
        command(root, 'Compile', '0.05'),
        command(root, 'Package', '0.01', { runOrder: 2 }),
      ],
      Release: [approve('Ok'), command(root, 'Announce', '0.01', { runOrder: 2 })],
      Deploy: [command(root, 'Upload', '0.03'), command(root, 'Check', '0', { runOrder: 2 })],
    }),
  { next: (world) => answered(world, 10) },
);

/** Nearly all of its time is waiting. */
const approval = oneRun((root) => pipelineOf({ Ask: [approve('Ok')], Deploy: [command(root, 'Upload', '0')] }), {
  next: (world) => answered(world, 400),
});

/** The action fails until somebody mends what it needs and retries the stage. */
const retry = oneRun(
  (root) =>
    pipelineOf({
      Build: [run('Flaky', [evidence(root, 'Flaky'), `test -e ${root}/mended`]), command(root, 'Beside', '0.03')],
      Deploy: [command(root, 'Upload', '0.02')],
    }),
  {
    next({ root, host, states: [state] }) {
      const failed = state?.status === 'Failed' && state.stages.find(({ status }) => status === 'Failed');
      if (!failed || failed.retries.manual >= 5) return undefined;
      writeFileSync(join(root, 'mended'), '');
      const { pipelineExecutionId } = state;
      const { stageName } = failed;
      return host.engine.handlers.retryStageExecution({
        pipelineExecutionId,
        stageName,
        retryMode: 'FAILED_ACTIONS',
      });
    },
    isOver: ([state]) => state?.status === 'Succeeded' || (stageOf(state!, 'Build')?.retries.manual ?? 0) >= 5,
    fails: ['Flaky'],
  },
);

/** The first run is stopped and waited for, the second abandoned. */
const stop: CrashScenario = {
  next({ root, host, states }) {
    const last = states.at(-1);
    if (!last || (isFinished(last) && states.length < 2)) {
      return host.start(
        pipelineOf({
          Build: [command(root, 'Slow', '0.3'), command(root, 'Quick', '0')],
          Deploy: [command(root, 'Upload', '0')],
        }),
      );
    }
    if (last.stop || actionOf(last, 'Build', 'Slow')?.status !== 'InProgress') return undefined;
    const { pipelineExecutionId } = last;
    return host.engine.handlers.stopPipelineExecution({
      pipelineExecutionId,
      abandon: states.length === 2,
      reason: '',
    });
  },
  isOver: (states) => all(states, 2),
  judge: (states) =>
    states
      .filter((state) => state.status !== (state.stop ? 'Stopped' : 'Succeeded'))
      .map(({ startNumber, status }) => `Run ${startNumber}, ${status}, was to be stopped.`),
};

/** The first run succeeds, the second fails and is rolled back by itself. */
const rollback: CrashScenario = {
  next({ root, host, states }) {
    const standard = states.filter(({ executionType }) => executionType === 'STANDARD');
    if (standard.length >= 2 || !states.every(isFinished)) return undefined;
    writeFileSync(join(root, 'source', 'state.txt'), standard.length === 0 ? 'good\n' : 'bad\n');
    const pipeline = pipelineOf({
      Deploy: [run('Ship', [evidence(root, 'Ship'), '! grep -q bad state.txt']), command(root, 'Beside', '0.02')],
    });
    return host.start(withConditions(pipeline, 'Deploy', { onFailure: { result: 'ROLLBACK' } }));
  },
  isOver: (states) =>
    all(states, 2) &&
    states.every(({ stages }) =>
      stages.every(
        ({ rollback }) =>
          !rollback?.pipelineExecutionId ||
          states.some(({ pipelineExecutionId }) => pipelineExecutionId === rollback.pipelineExecutionId),
      ),
    ),
  judge(states) {
    const ends = states.map(({ executionType, status }) => `${executionType} ${status}`).join(', ');
    const wanted = 'STANDARD Succeeded, STANDARD Failed, ROLLBACK Succeeded';
    return ends === wanted ? [] : [`Rolled back as: ${ends}.`];
  },
  fails: ['Ship'],
};

/** Rules before and after a stage, and a failure that retries itself once. */
const conditions = oneRun(
  (root) => {
    const ruled = (name: string, seconds: string) =>
      rule('Commands', {}, { name, commands: [evidence(root, name), `sleep ${seconds}`] });
    const pipeline = pipelineOf({
      Deploy: [
        run('Ship', [evidence(root, 'Ship'), `test -e ${root}/once || { touch ${root}/once; exit 1; }`]),
        command(root, 'Beside', '0.02'),
      ],
    });
    return withConditions(pipeline, 'Deploy', {
      beforeEntry: { conditions: [{ result: 'FAIL', rules: [ruled('Before', '0.05'), ruled('Too', '0')] }] },
      onSuccess: { conditions: [{ result: 'FAIL', rules: [ruled('After', '0.03')] }] },
      onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } },
    });
  },
  { fails: ['Ship'] },
);

/** Three starts in a row. */
function mode(executionMode: ExecutionMode, isRight: (states: readonly ExecutionState[]) => boolean): CrashScenario {
  const pipeline = (root: string) =>
    pipelineOf(
      { Build: [command(root, 'Compile', '0.08')], Deploy: [command(root, 'Upload', '0.05')] },
      { executionMode },
    );
  return {
    next: ({ root, host, states }) => (states.length < 3 ? host.start(pipeline(root)) : undefined),
    isOver: (states) => all(states, 3),
    judge(states) {
      const ends = states.map(({ status }) => status).join(', ');
      const wrong = isRight(states) ? [] : [`${executionMode} ended ${ends}.`];
      return executionMode === 'PARALLEL' ? wrong : [...wrong, ...overlaps(states)];
    },
  };
}

/** Pairs of executions that were in one stage at the same time. */
function overlaps(states: readonly ExecutionState[]): string[] {
  return ['Build', 'Deploy'].flatMap((stageName) => {
    const times = states
      .map((state) => stageOf(state, stageName))
      .filter((stage) => stage?.startedAt !== undefined)
      .sort((a, b) => a!.startedAt! - b!.startedAt!);
    return times.flatMap((stage, index) =>
      index > 0 && stage!.startedAt! < (times[index - 1]!.finishedAt ?? Number.POSITIVE_INFINITY)
        ? [`Two executions were in ${stageName}.`]
        : [],
    );
  });
}

/** A job worker that polls, acknowledges, works a while and answers. */
const jobWorker: CrashScenario = {
  next(world) {
    const { host, states } = world;
    if (states.length === 0) {
      return host.start(pipelineOf({ Make: [workerAction('Make', { outputArtifacts: [] })] }), {
        bindings: { 'Make/Make': { kind: 'jobWorker' } },
      });
    }
    const action = actionOf(states[0]!, 'Make', 'Make');
    if (action?.status !== 'InProgress') return undefined;
    const job = action.jobs?.jobs.at(-1);
    if (!job || job.result) return undefined;
    const ask = async (operation: string, input: object) =>
      (await callOperation(host.worker(states[0]!.pipelineExecutionId), operation, input)).body;
    if (job.acknowledgedAt !== undefined) {
      return until(job.acknowledgedAt + 100).then(() => ask('PutJobSuccessResult', { jobId: job.jobId }));
    }
    const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Forge', version: '1' };
    return ask('PollForJobs', { actionTypeId }).then(async ({ jobs = [] }) => {
      const [offer] = jobs as { id: string; nonce: string }[];
      if (!offer) throw new Error('Nothing is offered yet.');
      const { status } = await ask('AcknowledgeJob', { jobId: offer.id, nonce: offer.nonce });
      if (status === 'InProgress') world.note(`Make ${offer.id}`);
    });
  },
  isOver: (states) => all(states, 1),
  judge: notSucceeded,
};

export const scenarios: Readonly<Record<string, CrashScenario>> = {
  stages,
  approval,
  retry,
  stop,
  rollback,
  conditions,
  superseded: mode('SUPERSEDED', (states) => {
    const ends = states.map(({ status }) => status);
    return ends.at(-1) === 'Succeeded' && ends.every((status) => status === 'Succeeded' || status === 'Superseded');
  }),
  queued: mode('QUEUED', (states) => states.every(({ status }) => status === 'Succeeded')),
  parallel: mode('PARALLEL', (states) => states.every(({ status }) => status === 'Succeeded')),
  jobWorker,
};
