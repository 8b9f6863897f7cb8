import { z } from 'zod';

/**
 * `NAME.penstock.json`, beside the pipeline file: what is ours and not AWS's. It never changes what the pipeline means.
 * `bindings` say where the pipeline's outside world is on this machine (architecture §3.8); paths are absolute or relative
 * to the folder of the pipeline file.
 */

/** A local stand-in for something remote. Which kinds an action type takes is said by its provider (`provider.bindings`). */
export const bindingSchema = z.discriminatedUnion('kind', [
  /** A git repository; `branch` is what a source action's BranchName resolves to when absent. */
  z.looseObject({ kind: z.literal('repository'), path: z.string().min(1) }),
  /** A plain folder: the content of a source action without git, or where a deploy writes. */
  z.looseObject({ kind: z.literal('folder'), path: z.string().min(1) }),
  /** One file, passed on as it is (S3 source: usually a zip). */
  z.looseObject({ kind: z.literal('file'), path: z.string().min(1) }),
  /** A CodeBuild project: its own environment variables and buildspec (inline text or path inside the source). */
  z.looseObject({
    kind: z.literal('project'),
    buildspec: z.string().optional(),
    environment: z.record(z.string(), z.string()).optional(),
    /** Values for PARAMETER_STORE and SECRETS_MANAGER references, by reference, given as NAME of an environment variable of the user. */
    secretsFromEnvironment: z.record(z.string(), z.string()).optional(),
    /** The build runs in a container of this image, which must be on this machine. Absent = in this machine's own shell. */
    container: z
      .looseObject({ image: z.string().min(1), network: z.enum(['bridge', 'host', 'none']).optional() })
      .optional(),
  }),
  /** A Lambda function as a file: `handler` names its export (default `handler`); `runtime` follows from the file's ending. */
  z.looseObject({
    kind: z.literal('handler'),
    path: z.string().min(1),
    handler: z.string().optional(),
    runtime: z.enum(['node', 'python']).optional(),
    environment: z.record(z.string(), z.string()).optional(),
  }),
  /** The action waits as a job for a worker that polls the loopback address. */
  z.looseObject({ kind: z.literal('jobWorker') }),
  /**
   * The pipeline that an action starts: its file (absent = found by its name), and whether the action waits for its end, which
   * CodePipeline never does.
   */
  z.looseObject({
    kind: z.literal('pipeline'),
    path: z.string().min(1).optional(),
    wait: z.boolean().optional(),
  }),
  /** A scripted outcome for action types that run simulated. */
  z.looseObject({
    kind: z.literal('simulation'),
    delayMs: z.number().int().min(0).max(86_400_000).optional(),
    result: z.enum(['Succeeded', 'Failed']).optional(),
    message: z.string().optional(),
    outputVariables: z.record(z.string(), z.string()).optional(),
    /** By output artifact name: a folder or zip that becomes the artifact. Absent = an artifact with one explanatory file. */
    outputArtifacts: z.record(z.string(), z.string()).optional(),
  }),
]);
export type Binding = z.output<typeof bindingSchema>;
export type BindingKind = Binding['kind'];

export const sidecarSchema = z.looseObject({
  penstock: z.literal(1).default(1),
  /** By 'Stage/Action'. */
  bindings: z.record(z.string(), bindingSchema).default({}),
  /** Remembered answers of the run sheet for pipeline variables, by name. */
  variables: z.record(z.string(), z.string()).default({}),
  /** The user armed the triggers: pushes to the bound repositories start the pipeline while it is open and its project trusted. */
  triggersArmed: z.boolean().optional(),
  /** By 'Stage/Action': where a run that is started in the window pauses for a person, before or after the action. */
  breakpoints: z.record(z.string(), z.enum(['before', 'after'])).optional(),
  notes: z.record(z.string(), z.string()).default({}),
  /** Names of the stages that the canvas shows folded to a strip. */
  folded: z.array(z.string()).optional(),
  view: z.looseObject({ x: z.number(), y: z.number(), zoom: z.number() }).optional(),
});
export type Sidecar = z.output<typeof sidecarSchema>;

export const emptySidecar = (): Sidecar => sidecarSchema.parse({});
