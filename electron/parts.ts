import type { ExecutionEvent, Happening, StartingPoint, Trigger } from '../shared/execution/events.ts';
import type {
  CallName,
  Consent,
  ExecutionSummary,
  Handlers,
  OpenDocument,
  Publish,
  Settings,
} from '../shared/ipc/contract.ts';
import type { JobResult } from '../shared/jobs/job.ts';
import type { JobSubject, SessionCredentials } from '../shared/jobs/jobData.ts';
import type { JobRecord, JobsState } from '../shared/jobs/jobRecord.ts';
import type { PipelineDeclaration, RetryMode } from '../shared/model/declaration.ts';
import type { Sidecar } from '../shared/model/sidecar.ts';
import type { Problem } from '../shared/problem.ts';
import type { Artifact, PipelineStart } from '../shared/providers/host.ts';
import type { SourceRevision } from '../shared/triggers/sourceRevisions.ts';

/**
 * The parts that services.ts builds and joins, as the other parts see them. Each part answers the contract's calls it is
 * responsible for (`handlers`), so a door is nothing but a transport. No part imports another part's files: they meet here.
 */

type HandlersFor<N extends CallName> = Pick<Handlers, N>;

/** electron/documents: files, sidecars, templates, samples, recent list. No connection; no process but git, for the two calls about revisions. */
export interface Documents {
  handlers: HandlersFor<
    | 'openDocument'
    | 'newDocument'
    | 'openSample'
    | 'listTemplates'
    | 'saveDocument'
    | 'saveSidecar'
    | 'closeDocument'
    | 'listRecent'
    | 'saveExport'
    | 'listFolder'
    | 'savePicture'
    | 'listPipelineFiles'
    | 'getFilesFolder'
    | 'keepFoldedFolders'
    | 'listFileRevisions'
    | 'readFileRevision'
    | 'rememberEdits'
    | 'recoverEdits'
  >;
  /** Lets a window name this path from now on (a dialog, the command line, a drop). Answers its real path. */
  grant(path: string): Promise<string>;
  /** Opens a document from text that came from elsewhere (pull): unsaved, never trusted. */
  openText(name: string, text: string): OpenDocument;
  /** What is known of an open document; throws a ProblemError `document.unknown` for a guessed handle. */
  get(documentId: string): { documentId: string; path: string; folder: string; openedAs: string };
  /** Reads one pipeline file without keeping it open (for the CLI). */
  read(path: string): Promise<OpenDocument>;
  close(): Promise<void>;
}

/** electron/history: one journal per execution (the truth) and the SQLite index (rebuildable). */
export interface History {
  handlers: HandlersFor<'listPipelineExecutions' | 'getExecutionEvents'>;
  /**
   * Appends facts to an execution's journal and resolves when they are on disk. Gives them seq, at and mono. Only then are
   * subscribers told. Appends of one tick to one journal share one sync. Rejects when the disk refuses; nothing is half-written.
   */
  append(pipelineExecutionId: string, happenings: readonly Happening[]): Promise<ExecutionEvent[]>;
  /** All events, from memory for live executions, else from the journal. */
  events(pipelineExecutionId: string): Promise<readonly ExecutionEvent[]>;
  summary(pipelineExecutionId: string): Promise<ExecutionSummary | undefined>;
  /** Ids of executions whose journal has no ExecutionFinished after its last start or retry, oldest first. */
  unfinished(): Promise<string[]>;
  /** The largest startNumber given so far for a pipeline, 0 if none. */
  lastStartNumber(pipelineName: string): Promise<number>;
  /** Ids of a pipeline's executions with a larger startNumber, finished or not, in that order (a retry asks: who has overtaken?). */
  startedAfter(pipelineName: string, startNumber: number): Promise<string[]>;
  /** Folder of an execution's files (journal, logs, actions/…). Exists after its first append. */
  folder(pipelineExecutionId: string): string;
  subscribe(listener: (pipelineExecutionId: string, events: readonly ExecutionEvent[]) => void): () => void;
  close(): Promise<void>;
}

export interface StartRequest {
  declaration: PipelineDeclaration;
  bindings: Sidecar['bindings'];
  variables: Record<string, string>;
  /** Real path of the pipeline file, '' if unsaved. */
  documentPath: string;
  /** Folder that relative bindings start from. */
  folder: string;
  /** What starts it; absent = the user, by hand. */
  trigger?: Trigger;
  /** Revisions that source actions take instead of their newest; checked by the caller (shared/triggers). */
  sourceRevisions?: SourceRevision[];
  /** The execution's own id; absent = a new one. */
  pipelineExecutionId?: string;
  /** Where it begins, when not at the first stage. */
  startingPoint?: StartingPoint;
  /** By 'Stage/Action': where it pauses for a person. */
  breakpoints?: Record<string, 'before' | 'after'>;
  /** It runs this version of the definition once more; absent = a changed definition is an update of the pipeline. */
  pipelineVersion?: number;
}

/** The part of a fork that needs no document. */
export type ForkInput = Pick<
  Parameters<Handlers['forkExecution']>[0],
  'pipelineExecutionId' | 'seq' | 'stageName' | 'actionName' | 'only'
>;

/** How an action starts another pipeline. `token` names the attempt: the same token starts one execution, however often. */
export type StartOther = (
  start: PipelineStart,
  by: { token: string; where: string; pipelineExecutionId: string; documentPath: string },
) => Promise<{ pipelineExecutionId: string }>;

/** electron/engine: makes happen what decide() asks for. */
export interface Engine {
  handlers: HandlersFor<
    | 'stopPipelineExecution'
    | 'retryStageExecution'
    | 'putApprovalResult'
    | 'readLog'
    | 'overrideStageCondition'
    | 'rollbackStage'
    | 'listRollbackTargets'
    | 'getPipelineState'
    | 'disableStageTransition'
    | 'enableStageTransition'
    | 'listPipelineVersions'
    | 'getPipelineVersion'
    | 'listAlarms'
    | 'setAlarmState'
    | 'continueAction'
    | 'inspectPaused'
  >;
  /** RetryStageExecution with other bindings; consent to what `bindings` (relative to `folder`) change is the caller's business. */
  retryStage(request: {
    pipelineExecutionId: string;
    stageName: string;
    retryMode: RetryMode;
    bindings?: Sidecar['bindings'];
    folder?: string;
  }): Promise<void>;
  /** What an execution runs, as its journal has it: what consent to run it again is asked for. */
  requestOf(pipelineExecutionId: string): Promise<StartRequest>;
  /** What `start` is to be given to go on from an instant of another execution. @throws ProblemError `fork.*` */
  forkOf(input: ForkInput): Promise<StartRequest>;
  onPipelineChanged(listener: (pipelineName: string) => void): () => void;
  /** Starts an execution; the caller has checked validity, readiness and trust. Resolves when its first event is on disk. */
  start(request: StartRequest): Promise<{ pipelineExecutionId: string }>;
  /** Takes over every unfinished execution of an earlier host (architecture §3.5). Call once, after construction. */
  resume(): Promise<void>;
  /** Resolves when no execution of this engine has anything to do but wait for a person. */
  idle(): Promise<void>;
  /** Why this host can not go on with an execution although it has not finished; undefined for all others. */
  lost(pipelineExecutionId: string): Problem | undefined;
  /** Executions that were taken over and may start nothing until the user agrees to what their projects would run (WT-16). */
  held(): { pipelineExecutionId: string; request: StartRequest }[];
  release(pipelineExecutionId: string): void;
  onLog(
    listener: (grew: {
      pipelineExecutionId: string;
      actionExecutionId: string;
      size: number;
      complete: boolean;
    }) => void,
  ): () => void;
  /** Stops following; running actions go on by themselves and are adopted by the next host. */
  close(): Promise<void>;
}

/** What a project would execute, and whether the user agreed to exactly that (reliability-security.md WT). */
export interface Trust {
  /** Every command the run would execute, and a hash over all of them, the bindings and the real folder. */
  describe(
    request: StartRequest,
    openedAs: string,
  ): Promise<Omit<Consent, 'consentId'> & { hash: string; trusted: boolean }>;
  /** Remembers agreement to this hash for this folder. */
  agree(folder: string, hash: string): Promise<void>;
}

/** electron/triggers: watches bound repositories and starts what their events trigger. Starts nothing that is not trusted. */
export interface Triggers {
  handlers: HandlersFor<'simulateTriggerEvent' | 'startFromTrigger' | 'armTriggers' | 'triggerState'>;
  /** A document was opened: one that the user left armed is armed again, when its project is still trusted. */
  opened(document: {
    documentId: string;
    path: string;
    sidecar: { triggersArmed?: boolean | undefined };
  }): Promise<void>;
  /** File or bindings of a document were saved: what is watched follows. */
  saved(documentId: string): Promise<void>;
  /** A document is about to be closed: that ends its watch. */
  closing(documentId: string): void;
  close(): Promise<void>;
}

export interface Aws {
  handlers: HandlersFor<
    'listAwsProfiles' | 'listAwsPipelines' | 'preparePush' | 'pushPipeline' | 'startAwsExecution' | 'pullPipeline'
  >;
  close(): void;
}

export interface SettingsStore {
  get(): Settings;
  update(patch: Partial<Settings>): Settings;
}

/** What a host (desktop, browser host, CLI, test) lends the services. */
export interface HostPorts {
  kind: 'electron' | 'browser' | 'cli';
  publish: Publish;
  /** Native dialog, or a check and grant of what the page's own dialog chose; null = cancelled. */
  pickPath: (input: { purpose: 'open' | 'save' | 'folder' | 'file'; suggested: string }) => Promise<string | null>;
  /** Asks a person; resolves false when refused. */
  askConsent: (consent: Consent) => Promise<boolean>;
}

/** An action whose work somebody else does, as the endpoint offers it. */
export interface JobAction {
  /** `worker`: offered to whoever polls. `function`: called by the engine. */
  kind: 'worker' | 'function';
  subject: JobSubject;
  /** What the journal knows of its jobs; undefined for an action that has just begun. */
  known: JobsState | undefined;
  artifacts: {
    /** Of its inputs, by name. */
    inputs: readonly Artifact[];
    /** Where the bytes of an artifact are. @throws ActionFailure when they are damaged. */
    take(artifact: Artifact): Promise<string>;
    /** Stores bytes; `limit` as the store has it. */
    put(content: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }>;
  };
  /** Writes facts of the action down; resolves when they are on disk. */
  record(happenings: readonly Happening[]): Promise<void>;
  /** Hides what must not be written down. */
  mask(text: string): string;
}

/** The jobs of one action execution, while it runs. */
export interface JobSession {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What the action's function signs with. */
  readonly credentials: SessionCredentials;
  readonly artifactCredentials: SessionCredentials;
  /** The latest job. */
  job(): JobRecord;
  /** The function is about to be called: from now on its results are taken. */
  begin(jobId: string): void;
  /** The first fact is on disk before it resolves. */
  result(jobId: string): Promise<JobResult>;
  uploads(): readonly Artifact[];
  /** The action has ended: no more results are taken. */
  end(): void;
}

/** electron/endpoint: CodePipeline's job operations and the artifacts of jobs, on loopback. Listens once an action needs it. */
export interface Endpoint {
  open(action: JobAction): Promise<JobSession>;
  /**
   * Listens from now on, though no action waits, and lets workers of every run in. Answers what such a worker needs.
   * `url`: `http://127.0.0.1:PORT`
   */
  listen(): Promise<{ url: string; credentials: SessionCredentials; clientId: string; clientToken: string }>;
  /** An execution has ended: its keys are good for nothing any more. */
  executionEnded(pipelineExecutionId: string): void;
  close(): Promise<void>;
}

/** The object every door serves. */
export interface Services {
  handlers: Handlers;
  documents: Documents;
  history: History;
  engine: Engine;
  trust: Trust;
  triggers: Triggers;
  aws: Aws;
  settings: SettingsStore;
  close(): Promise<void>;
}
