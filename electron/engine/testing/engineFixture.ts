import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionEvent } from '../../../shared/execution/events.ts';
import { replay } from '../../../shared/execution/evolve.ts';
import { actionOf, type ExecutionState } from '../../../shared/execution/executionState.ts';
import type {
  ActionDeclaration,
  PipelineDeclaration,
  RuleDeclaration,
  StageDeclaration,
} from '../../../shared/model/declaration.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import { providers } from '../../../shared/providers/table.ts';
import { createHistory } from '../../history/createHistory.ts';
import type { JournalFs } from '../../history/journalFile.ts';
import type { Engine, History } from '../../parts.ts';
import { createEngine, type EngineOptions } from '../createEngine.ts';
import { logPath } from '../logPath.ts';

/** An engine with its real parts in a folder of its own, for specs and benchmarks. */
export interface EngineFixture {
  readonly root: string;
  readonly engine: Engine;
  readonly history: History;
  /** Starts a pipeline whose first stage reads the folder `root/source`. */
  start(
    pipeline: PipelineDeclaration,
    extra?: {
      bindings?: Sidecar['bindings'];
      variables?: Record<string, string>;
      breakpoints?: Record<string, 'before' | 'after'>;
    },
  ): Promise<string>;
  /** Runs it until nothing is left to do but wait for a person. */
  run(...args: Parameters<EngineFixture['start']>): Promise<ExecutionState>;
  state(pipelineExecutionId: string): Promise<ExecutionState>;
  /** Resolves with the first event, past or coming, that fits. */
  seen(pipelineExecutionId: string, fits: (event: ExecutionEvent) => boolean): Promise<ExecutionEvent>;
  log(state: ExecutionState, stageName: string, actionName: string): string;
  close(): Promise<void>;
}

/** A folder, and what removes it. */
export function temporaryRoot(): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'penstock-engine-'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }) };
}

/**
 * @param options `root`: a folder of the caller's, which is kept. `fs`: the file system of the journals.
 * @param around Stands between the engine and its history.
 */
export function engineFixture(
  options: Partial<EngineOptions> & { root?: string; fs?: JournalFs } = {},
  around: (history: History) => History = (history) => history,
): EngineFixture {
  const { root, remove } =
    options.root === undefined ? temporaryRoot() : { root: options.root, remove: () => undefined };
  mkdirSync(join(root, 'source'), { recursive: true });
  writeFileSync(join(root, 'source', 'hello.txt'), 'hello\n');
  const dataDirectory = join(root, 'data');
  const history = around(createHistory({ dataDirectory, ...(options.fs ? { fs: options.fs } : {}) }));
  const engine = createEngine({ dataDirectory, history, providers, slots: () => 4, ...options });
  const state = async (id: string) => replay(await history.events(id));
  const start: EngineFixture['start'] = async (pipeline, { bindings = {}, variables = {}, breakpoints = {} } = {}) => {
    const { pipelineExecutionId } = await engine.start({
      declaration: pipeline,
      bindings: { 'Source/Files': { kind: 'folder', path: 'source' }, ...bindings },
      variables,
      documentPath: join(root, `${pipeline.name}.pipeline.json`),
      folder: root,
      breakpoints,
    });
    return pipelineExecutionId;
  };
  return {
    root,
    engine,
    history,
    start,
    state,
    async run(...args) {
      const id = await start(...args);
      await engine.idle();
      return state(id);
    },
    async seen(id, fits) {
      let tell: (event: ExecutionEvent) => void = () => undefined;
      const coming = new Promise<ExecutionEvent>((resolve) => {
        tell = resolve;
      });
      const stop = history.subscribe((of, events) => {
        const event = of === id ? events.find(fits) : undefined;
        if (event) tell(event);
      });
      const past = (await history.events(id)).find(fits);
      const event = past ?? (await coming);
      stop();
      return event;
    },
    log(of, stageName, actionName) {
      const { actionExecutionId = '' } = actionOf(of, stageName, actionName) ?? {};
      return readFileSync(logPath(history.folder(of.pipelineExecutionId), actionExecutionId), 'utf8');
    },
    async close() {
      await engine.close();
      await history.close();
      remove();
    },
  };
}

const aws = (category: ActionDeclaration['actionTypeId']['category'], provider: string) => ({
  category,
  owner: 'AWS' as const,
  provider,
  version: '1',
});

/** A Commands action on the artifact of the source. */
export const run = (
  name: string,
  commands: string | string[],
  extra: Partial<ActionDeclaration> = {},
): ActionDeclaration => ({
  name,
  actionTypeId: aws('Compute', 'Commands'),
  inputArtifacts: [{ name: 'SourceOutput' }],
  commands: typeof commands === 'string' ? [commands] : commands,
  ...extra,
});

export const approve = (name: string, extra: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: aws('Approval', 'Manual'),
  ...extra,
});

/** A pipeline that reads a folder and then runs the given stages. */
export const pipelineOf = (
  stages: Record<string, ActionDeclaration[]>,
  extra: Partial<PipelineDeclaration> = {},
): PipelineDeclaration => ({
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Files',
          actionTypeId: aws('Source', 'S3'),
          configuration: { S3Bucket: 'bucket', S3ObjectKey: 'source.zip' },
          outputArtifacts: [{ name: 'SourceOutput' }],
        },
      ],
    },
    ...Object.entries(stages).map(([name, actions]) => ({ name, actions })),
  ],
  ...extra,
});

/** A rule of a stage's condition. */
export const rule = (
  provider: string,
  configuration: Record<string, string> = {},
  extra: Partial<RuleDeclaration> = {},
): RuleDeclaration => ({
  name: provider,
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider, version: '1' },
  ...(Object.keys(configuration).length > 0 ? { configuration } : {}),
  ...extra,
});

/** The same pipeline with conditions of one stage. */
export const withConditions = (
  pipeline: PipelineDeclaration,
  stageName: string,
  conditions: Pick<StageDeclaration, 'beforeEntry' | 'onSuccess' | 'onFailure'>,
): PipelineDeclaration => ({
  ...pipeline,
  stages: pipeline.stages.map((stage) => (stage.name === stageName ? { ...stage, ...conditions } : stage)),
});
