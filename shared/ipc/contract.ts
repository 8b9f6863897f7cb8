import { z } from 'zod';
import { CHORD } from '../commands/chord.ts';
import { executionEventSchema } from '../execution/eventSchema.ts';
import { retryModes } from '../model/declaration.ts';
import { sidecarSchema } from '../model/sidecar.ts';
import { problemSchema } from '../problem.ts';
import { gitEventSchema } from '../triggers/gitEvent.ts';
import { triggerExplanationSchema } from '../triggers/matchTriggers.ts';
import { sourceRevisionSchema } from '../triggers/sourceRevisions.ts';
import { documentCalls } from './documentCalls.ts';
import { pipelineCalls } from './pipelineCalls.ts';
import { recoveryCalls } from './recoveryCalls.ts';
import {
  call,
  executionStatusSchema,
  executionSummarySchema,
  id,
  name,
  nothing,
  openDocumentSchema,
  path,
  text,
} from './shapes.ts';

export type { PausedAction, PipelineState } from './pipelineCalls.ts';
export type { DocumentEdits, EditsRecord } from './recoveryCalls.ts';
export { type ExecutionSummary, executionSummarySchema } from './shapes.ts';

const settingsFields = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Of the window; takes effect when it is opened anew. */
  language: z.enum(['system', 'en', 'de']),
  /** Actions that may run at once on this machine; 0 = number of cores. */
  slots: z.number().int().min(0).max(64),
  aws: z.object({
    profile: z.string().max(200).default(''),
    region: z
      .string()
      .regex(/^$|^[a-z]{2,4}(-[a-z]+)+-\d$/)
      .default(''),
    /** Empty = AWS itself. Only settings can change it, never a project. */
    endpoint: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  }),
  /** The first-run hints that were dismissed. */
  dismissedHints: z.array(z.string().max(100)).max(50),
  /** Of the window's text, in percent; the canvas has its own zoom. */
  textSize: z.number().int().min(100).max(200),
  /** 'more': stronger text and lines, whatever the system asks for. */
  contrast: z.enum(['system', 'more']),
  motion: z.enum(['system', 'reduce']),
  /** What a drag on the empty canvas does. */
  groundDrag: z.enum(['select', 'pan']),
  /** Whether single characters may be keys of commands (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  /** Keys that the user gave to commands (shared/commands); an empty list takes them away. */
  keys: z
    .record(z.string().regex(/^\w{1,30}\.\w{1,60}$/), z.array(z.string().max(40).regex(CHORD)).max(4))
    .refine((keys) => Object.keys(keys).length <= 300),
};
export const settingsSchema = z.object({
  theme: settingsFields.theme.default('system'),
  language: settingsFields.language.default('system'),
  slots: settingsFields.slots.default(0),
  aws: settingsFields.aws.prefault({}),
  dismissedHints: settingsFields.dismissedHints.default([]),
  textSize: settingsFields.textSize.default(100),
  contrast: settingsFields.contrast.default('system'),
  motion: settingsFields.motion.default('system'),
  groundDrag: settingsFields.groundDrag.default('select'),
  singleKeys: settingsFields.singleKeys.default(true),
  keys: settingsFields.keys.default({}),
});
/** A change of settings: what is left out stays. Made without the defaults, which would be filled in for what is left out. */
const settingsPatchSchema = z.object(settingsFields).partial();
export type Settings = z.output<typeof settingsSchema>;

export type OpenDocument = z.output<typeof openDocumentSchema>;

/** What a run lacks; the run sheet asks for exactly these. */
export const missingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('binding'),
    where: z.string(),
    question: z.string(),
    kinds: z.array(z.string()),
    required: z.boolean(),
    suggestion: z.string(),
  }),
  z.object({ kind: z.literal('variable'), name: z.string(), description: z.string(), suggestion: z.string() }),
]);
export type Missing = z.output<typeof missingSchema>;

export const consentSchema = z.object({
  consentId: id,
  /** Real path of the folder whose commands would run. */
  folder: z.string(),
  /** Shown when the path that was opened is not the real one (symbolic link). */
  openedAs: z.string(),
  /** 'Stage/Action' -> each command, or the whole buildspec text, with control and bidi characters escaped. */
  commands: z.array(z.object({ where: z.string(), text: z.string() })),
  /** The same, counted, in words. */
  summary: z.string().optional(),
  /** True when this project was trusted before and something executable changed since. */
  changed: z.boolean(),
});
export type Consent = z.output<typeof consentSchema>;

export const triggerStateSchema = z.object({
  /** Real path of the pipeline file, '' if unsaved. */
  path: z.string(),
  armed: z.boolean(),
  /** The source actions ('Stage/Action') whose bound repositories are watched. */
  watched: z.array(z.object({ where: z.string(), repository: z.string() })),
  /** The last event that came, and what became of it. */
  last: z.object({ at: z.number(), what: z.string(), pipelineExecutionId: id.optional() }).optional(),
});
export type TriggerState = z.output<typeof triggerStateSchema>;

/**
 * Every call between a window and the services, declared once: zod in, zod out. Handlers and clients are derived types, so
 * neither side can drift; the same contract is served over Electron IPC and over the browser host's socket.
 * A window names documents and executions by handle (documentId, pipelineExecutionId); a path is accepted only where the
 * host granted it before (pickPath, recent files, the command line).
 */
export const contract = {
  // The application
  getApp: call(
    nothing,
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      platform: z.string(),
      cores: z.number(),
      homeDirectory: z.string(),
      settings: settingsSchema,
      /** Paths given on the command line, already granted. */
      open: z.array(z.string()),
    }),
  ),
  updateSettings: call(settingsPatchSchema, settingsSchema),

  // Documents. Opening never writes and starts no process.
  /** Electron: a native dialog starting at `suggested`. Browser host: grants `suggested` itself, after checking it. Null = cancelled. */
  pickPath: call(
    z.object({ purpose: z.enum(['open', 'save', 'folder', 'file']), suggested: z.string().max(4096) }),
    z.object({ path: z.string().nullable() }),
  ),
  /** Browser host only: the entries of a folder for its file dialog. Electron refuses: its dialogs are native. */
  listFolder: call(
    z.object({ path: z.string().max(4096) }),
    z.object({
      path: z.string(),
      parent: z.string(),
      entries: z.array(z.object({ name: z.string(), isFolder: z.boolean() })),
    }),
  ),
  openDocument: call(z.object({ path }), openDocumentSchema),
  /** A new unsaved document: of this `text`, else from a template's id (assets/templates); '' = an empty pipeline. */
  newDocument: call(z.object({ templateId: z.string().max(100), text: text.optional() }), openDocumentSchema),
  /** Copies the sample project (once) to the user's Penstock folder and opens it. */
  openSample: call(z.object({ sampleId: z.string().max(100) }), openDocumentSchema),
  ...documentCalls,
  ...recoveryCalls,
  /** Saves text and sidecar atomically. `path` = save as (granted before). Text that is unchanged is not written. */
  saveDocument: call(
    z.object({
      documentId: id,
      text,
      sidecar: sidecarSchema,
      path: path.optional(),
      overwriteChanged: z.boolean().default(false),
    }),
    z.object({ path: z.string(), name: z.string(), format: z.enum(['json', 'yaml']) }),
  ),
  /** Writes only the sidecar (bindings answered in the run sheet); for an unsaved document it is kept in memory. */
  saveSidecar: call(z.object({ documentId: id, sidecar: sidecarSchema }), nothing),
  closeDocument: call(z.object({ documentId: id }), nothing),
  listRecent: call(
    nothing,
    z.array(z.object({ path: z.string(), name: z.string(), folder: z.string(), exists: z.boolean() })),
  ),
  /** Saves any exported text to a granted path. */
  saveExport: call(z.object({ path, text }), nothing),

  // Runs
  getRunReadiness: call(
    z.object({ documentId: id, text, sidecar: sidecarSchema }),
    z.object({ problems: z.array(problemSchema), missing: z.array(missingSchema), trusted: z.boolean() }),
  ),
  /** Asks for consent first when the project is not trusted; refused = a Problem with code `trust.refused`. */
  startPipelineExecution: call(
    z.object({
      documentId: id,
      text,
      sidecar: sidecarSchema,
      variables: z.record(z.string(), z.string()).default({}),
      /** Revisions that source actions take instead of their newest. */
      sourceRevisions: z.array(sourceRevisionSchema).max(1000).optional(),
    }),
    z.object({ pipelineExecutionId: id }),
  ),
  /** What a Git event would do, filter by filter. `of`: the source actions ('Stage/Action') it concerns. Starts nothing. */
  simulateTriggerEvent: call(
    z.object({ documentId: id, text, event: gitEventSchema, of: z.array(z.string()).max(1000).optional() }),
    triggerExplanationSchema,
  ),
  /** Starts the pipeline as this event would; refused when no filter matches it. Asks for consent as any start. */
  startFromTrigger: call(
    z.object({
      documentId: id,
      text,
      sidecar: sidecarSchema,
      event: gitEventSchema,
      of: z.array(z.string()).max(1000).optional(),
    }),
    z.object({ pipelineExecutionId: id }),
  ),
  /** Begins or ends watching the bound repositories for the saved file of a document. Arming asks for consent as a run does. */
  armTriggers: call(z.object({ documentId: id, armed: z.boolean() }), triggerStateSchema),
  triggerState: call(z.object({ documentId: id }), triggerStateSchema),
  /** The page's answer to a consentRequested push; only the browser host asks this way. */
  answerConsent: call(z.object({ consentId: id, trusted: z.boolean() }), nothing),
  stopPipelineExecution: call(
    z.object({ pipelineExecutionId: id, abandon: z.boolean(), reason: z.string().max(200) }),
    nothing,
  ),
  /** With a document: later attempts use its bindings as they are now; consent is asked when what would run has changed. */
  retryStageExecution: call(
    z.object({
      pipelineExecutionId: id,
      stageName: name,
      retryMode: z.enum(retryModes),
      documentId: id.optional(),
      sidecar: sidecarSchema.optional(),
    }),
    nothing,
  ),
  ...pipelineCalls,
  putApprovalResult: call(
    z.object({
      pipelineExecutionId: id,
      stageName: name,
      actionName: name,
      token: id,
      status: z.enum(['Approved', 'Rejected']),
      summary: z.string().max(512),
    }),
    nothing,
  ),

  // History
  listPipelineExecutions: call(
    z.object({
      pipelineName: z.string().optional(),
      status: executionStatusSchema.optional(),
      limit: z.number().int().min(1).max(500).default(100),
      before: z.number().optional(),
    }),
    z.object({ executions: z.array(executionSummarySchema), total: z.number() }),
  ),
  /** Every event from `fromSeq` on (1 = all). */
  getExecutionEvents: call(
    z.object({ pipelineExecutionId: id, fromSeq: z.number().int().min(1).default(1) }),
    z.array(executionEventSchema),
  ),
  /** A part of an action's masked log, by byte offset; `end` is the offset after the part. Negative offset = from the end. */
  readLog: call(
    z.object({
      pipelineExecutionId: id,
      actionExecutionId: id,
      offset: z.number().int(),
      limit: z
        .number()
        .int()
        .min(1)
        .max(1024 * 1024)
        .default(262_144),
      /** Asks how large the log was when. */
      marks: z.boolean().optional(),
    }),
    z.object({
      text: z.string(),
      start: z.number(),
      end: z.number(),
      size: z.number(),
      complete: z.boolean(),
      /** [milliseconds since the action started, bytes of the log], rising; absent where it is not known. */
      marks: z.array(z.tuple([z.number(), z.number()])).optional(),
    }),
  ),

  // AWS, only when asked
  listAwsProfiles: call(nothing, z.array(z.string())),
  listAwsPipelines: call(
    nothing,
    z.array(
      z.object({
        name: z.string(),
        version: z.number(),
        pipelineType: z.string(),
        executionMode: z.string(),
        updated: z.number(),
      }),
    ),
  ),
  pullPipeline: call(z.object({ pipelineName: name }), openDocumentSchema),
  /** Fetches the live definition and says what a push would change. Mutates nothing. */
  preparePush: call(
    z.object({ documentId: id, text }),
    z.object({
      pushId: id,
      account: z.string(),
      region: z.string(),
      profile: z.string(),
      endpoint: z.string(),
      pipelineName: z.string(),
      exists: z.boolean(),
      liveVersion: z.number(),
      /** Canonical JSON of both sides; `live` is '' when the pipeline does not exist yet. */
      live: z.string(),
      local: z.string(),
      warnings: z.array(problemSchema),
      /** The push goes to another account than the last time: its number must be typed. */
      isOtherAccount: z.boolean(),
    }),
  ),
  /**
   * Carries out a prepared push: create or update. Refused when the live version changed since, and when it goes to another
   * account than the last time and `account` is not that account's number.
   */
  pushPipeline: call(
    z.object({ pushId: id, account: z.string().max(20).optional() }),
    z.object({ pipelineName: z.string(), version: z.number() }),
  ),
  startAwsExecution: call(z.object({ pipelineName: name }), z.object({ pipelineExecutionId: z.string() })),
};

/** What the services tell a window without being asked. */
export const pushes = {
  /** New events of one execution, in order. */
  executionEvents: z.object({ pipelineExecutionId: id, events: z.array(executionEventSchema) }),
  /** The action's masked log grew to `size` bytes; read it with readLog. At most 10 a second for each action. */
  logGrew: z.object({ pipelineExecutionId: id, actionExecutionId: id, size: z.number(), complete: z.boolean() }),
  consentRequested: consentSchema,
  /** The file of an open document changed on disk. */
  documentChanged: z.object({ documentId: id, text, problems: z.array(problemSchema) }),
  settingsChanged: settingsSchema,
  /** A transition of the pipeline was disabled or enabled, or its definition updated: read it with getPipelineState. */
  pipelineChanged: z.object({ pipelineName: z.string() }),
  /** Triggers of a file were armed or disarmed, or an event came. */
  triggersChanged: triggerStateSchema,
  /** Something a person should know that no call of theirs asked about (a damaged journal, settings from the backup). */
  noticed: problemSchema,
  /** The host asks the window to open a granted path (second launch, menu). */
  openRequested: z.object({ path: z.string() }),
  /** A menu command of the desktop host, by its id in renderer/commands. */
  commandRequested: z.object({ command: z.string().max(100) }),
};

type Contract = typeof contract;
type Pushes = typeof pushes;
export type CallName = keyof Contract;
export type PushName = keyof Pushes;
export type Handlers = {
  [N in CallName]: (input: z.output<Contract[N]['input']>) => Promise<z.input<Contract[N]['output']>>;
};
export type Client = {
  [N in CallName]: (input: z.input<Contract[N]['input']>) => Promise<z.output<Contract[N]['output']>>;
};
export type Push<N extends PushName> = z.output<Pushes[N]>;
/** How services speak to every window of this host. */
export type Publish = <N extends PushName>(name: N, value: z.input<Pushes[N]>) => void;

/** Of a thrown error Electron carries over only the message, so failures travel as data. */
export type Reply = { ok: true; value: unknown } | { ok: false; problem: z.output<typeof problemSchema> };
