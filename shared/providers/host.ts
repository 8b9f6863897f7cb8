import type { ExecutionEvent, RepositoryRevision, Trigger } from '../execution/events.ts';
import type { JobHost } from '../jobs/jobHost.ts';
import type { ActionDeclaration } from '../model/declaration.ts';
import type { Binding } from '../model/sidecar.ts';

/**
 * The powers an action's runner gets. The engine implements them with Node (electron/engine/actionHost.ts), a test with a
 * few lines. Every effect is safe to repeat: after a crash `run` is called again for the same attempt, and each effect
 * then joins what it already began (a process is never started twice) or does the same work to the same place.
 */

/** An artifact in the content-addressed store; `digest` is the lower-case hex SHA-256 of its bytes. */
export interface Artifact {
  readonly name: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

export interface BuildEnvironmentVariable {
  name: string;
  value: string;
  type?: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER';
}

export interface BuildRequest {
  /** `buildspec`: run a buildspec (reference/buildspec.md). `commands`: one list as a single phase (its §14). */
  kind: 'buildspec' | 'commands';
  projectName: string;
  /** Inline YAML, or a path in the primary source; absent = `buildspec.yml`. */
  buildspec?: string;
  commands?: readonly string[];
  /** Name of the input artifact that is CODEBUILD_SRC_DIR; '' for commands that have no input and run in an empty folder. */
  primarySource: string;
  environment: readonly BuildEnvironmentVariable[];
  /** Names read from the shell at the end (Commands' outputVariables), in addition to a buildspec's exported-variables. */
  exportNames?: readonly string[];
  /** For `commands`: the patterns that make up the one output artifact. */
  files?: readonly string[];
}

export interface BuildResult {
  buildId: string;
  exportedVariables: Record<string, string>;
  outputArtifacts: Artifact[];
}

export interface ApprovalAnswer {
  status: 'Approved' | 'Rejected';
  summary: string;
}

/** The part of an AbortSignal that runners use (shared/ knows no platform types). */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface ActionHost {
  /** Aborted when the action is abandoned or timed out. */
  readonly signal: Cancellation;
  /** Writes a line of Penstock's own into the action's log. */
  log(line: string): void;
  /** Reads a revision of the bound repository or folder and stores it as output artifact `name`. Fails with an ActionFailure. */
  readRepository(request: {
    name: string;
    branch: string;
    commitId?: string;
    format: 'CODE_ZIP' | 'CODEBUILD_CLONE_REF';
  }): Promise<{ artifact: Artifact; revision: RepositoryRevision }>;
  /**
   * Stores the bound file as it is, or the bound folder as a zip, as output artifact `name`. With `key`: that file of the
   * bound folder, which then stands for the bucket.
   */
  readObject(request: { name: string; key?: string }): Promise<{ artifact: Artifact; versionId: string; etag: string }>;
  /** Runs a build to its end in the host shell. A failing build is an ActionFailure with code JobFailed. */
  build(request: BuildRequest): Promise<BuildResult>;
  /** Unzips an artifact into the bound folder (guarded), below `prefix`. Answers the number of files. */
  deployFiles(artifact: Artifact, options: { prefix?: string }): Promise<number>;
  /** Copies the artifact's zip to `key` in the bound folder. */
  deployZip(artifact: Artifact, key: string): Promise<void>;
  /** Text of one file of an artifact, or undefined when it has no such file. At most `limit` bytes (default 1 MB). */
  readFile(artifact: Artifact, path: string, limit?: number): Promise<string | undefined>;
  /** Makes an artifact of the given files (path -> text). */
  makeArtifact(name: string, files: Readonly<Record<string, string>>): Promise<Artifact>;
  /** Makes an artifact of a folder or zip on this machine, named by a binding. */
  importArtifact(name: string, path: string): Promise<Artifact>;
  /** Waits for a person. Resolves when answered; the engine fails the action when `timeoutMinutes` pass first. */
  approval(request: {
    customData?: string;
    externalEntityLink?: string;
    timeoutMinutes: number;
  }): Promise<ApprovalAnswer>;
  /** Waits without holding a thread; survives a restart (counts from the action's start). */
  delay(milliseconds: number): Promise<void>;
  /** What emulated actions need beyond this; loaded by the first that asks. */
  emulation(): Promise<EmulationHost>;
  /** What actions need whose work a job worker or a function does; loaded by the first that asks. */
  jobs(): Promise<JobHost>;
}

export interface ArtifactFile {
  /** Forward slashes, relative to the artifact's root. */
  readonly path: string;
  /** Unpacked bytes. */
  readonly size: number;
}

/** What is kept of an emulated resource (a stack, a service …), and whether this attempt has written it already. */
export interface KeptRecord {
  /** As it was before this attempt; undefined when nothing has been deployed here. Plain JSON. */
  readonly before: unknown;
  /** True when `run` is called again for an attempt that got as far as keeping its record. */
  readonly isAgain: boolean;
}

/** One script of a bundle, run as a process of the action. */
export interface ScriptRequest {
  /** Names the step: unique within the action, letters, digits and hyphens. */
  step: string;
  /** The artifact that is unpacked for the scripts; each of them runs in its root. */
  bundle: Artifact;
  /** Path inside the bundle. */
  location: string;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
}

/** What starts another pipeline. */
export type EndedStatus = Extract<ExecutionEvent, { type: 'ExecutionFinished' }>['status'];

export interface PipelineStart {
  pipelineName: string;
  /** Its file; absent = found by its name. */
  path?: string | undefined;
  variables: Readonly<Record<string, string>>;
  sourceRevisions: readonly {
    actionName: string;
    revisionType: 'COMMIT_ID' | 'IMAGE_DIGEST' | 'S3_OBJECT_VERSION_ID' | 'S3_OBJECT_KEY';
    revisionValue: string;
  }[];
}

/** Powers of emulated actions. As with ActionHost, every effect is safe to repeat. */
export interface EmulationHost {
  /** 12 digits: of the pipeline's role, `000000000000` where it says none. */
  readonly account: string;
  readonly region: string;
  /** Where AWS would find the artifact's zip. The bucket is the pipeline's; the key has the shape of CodePipeline's. */
  locationOf(artifact: Artifact): { bucketName: string; objectKey: string };
  /** The files of an artifact. Throws a ProblemError `artifact.*` when it is no zip. */
  listFiles(artifact: Artifact): Promise<readonly ArtifactFile[]>;
  /**
   * Keeps what is deployed, below the data directory: `change` makes the new record of `name` of what was before (undefined
   * = nothing is deployed any more). When `run` is called again for the same attempt, `before` is what it was the first time.
   * Nothing is kept when `change` throws.
   */
  keep(service: string, name: string, change: (kept: KeptRecord) => unknown): Promise<void>;
  /** What is kept now; undefined = nothing. */
  kept(service: string, name: string): Promise<unknown>;
  /** Text of the bound file, of at most `limit` bytes. Fails with an ActionFailure. */
  readBound(limit: number): Promise<string>;
  /** Which of these paths exist in the bound folder. */
  existing(paths: readonly string[]): Promise<readonly string[]>;
  /** Copies files of an artifact into the bound folder (guarded as `deployFiles`): path in the artifact -> path in the folder. */
  installFiles(artifact: Artifact, files: ReadonlyMap<string, string>): Promise<number>;
  /** Runs a script to its end; its output goes to the action's log. Never run twice for one attempt. */
  runScript(request: ScriptRequest): Promise<{ exitCode: number } | { ended: 'timedOut' | 'lost' }>;
  /** Starts another pipeline of this machine, once for each attempt; undefined where the host runs one pipeline only. */
  startPipeline?: ((start: PipelineStart) => Promise<{ pipelineExecutionId: string }>) | undefined;
  /** Resolves with the status with which an execution of this machine has ended; at once when it has. */
  executionEnded(pipelineExecutionId: string): Promise<EndedStatus>;
}

/** What a runner is given. `configuration` is resolved; so are `action.commands` and `action.environmentVariables`. */
export interface ActionRun<Key extends string = string> {
  readonly configuration: Readonly<Partial<Record<Key, string>>>;
  readonly action: ActionDeclaration;
  readonly pipelineName: string;
  readonly stageName: string;
  readonly pipelineExecutionId: string;
  /** A UUID that stays the same when `run` is called again for this attempt after a crash. */
  readonly actionExecutionId: string;
  /** When this attempt started, in milliseconds since 1970; also the same when called again. */
  readonly startedAt: number;
  /** What the start of the execution asked of this source action; absent = the newest revision. */
  readonly sourceRevisions?: readonly { revisionType: string; revisionValue: string }[];
  /** What started the execution. */
  readonly trigger?: Trigger;
  readonly inputs: readonly Artifact[];
  readonly binding: Binding | undefined;
  readonly host: ActionHost;
}

export interface ActionOutcome {
  outputVariables?: Record<string, string>;
  outputArtifacts?: readonly Artifact[];
  summary?: string;
  externalExecutionId?: string;
  externalExecutionUrl?: string;
  /** Source actions only. */
  revision?: RepositoryRevision;
}

/** How an action fails: `code` as AWS's errorDetails.code (reference/execution-semantics.md §16). */
export class ActionFailure extends Error {
  readonly code: FailureCode;
  /** What the user can do, for the card and the log. */
  readonly fix: string;

  constructor(code: FailureCode, message: string, fix = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'ActionFailure';
    this.code = code;
    this.fix = fix;
  }
}

export type FailureCode =
  | 'JobFailed'
  | 'ConfigurationError'
  | 'PermissionError'
  | 'RevisionOutOfSync'
  | 'RevisionUnavailable'
  | 'SystemUnavailable'
  | 'TimedOut'
  | 'Lost'
  | 'Rejected';
