import { z } from 'zod';
import { sidecarSchema } from '../model/sidecar.ts';
import { alarmStates } from '../providers/ruleHost.ts';
import { call, executionSummarySchema, id, name, nothing, text } from './shapes.ts';

/** The part of the contract that concerns pipelines beside their executions, conditions, and debugging. */

/** A pipeline as GetPipelineState shows it, of its local executions. */
const pipelineStateSchema = z.object({
  pipelineName: z.string(),
  /** The latest definition that was started here, 0 if none. */
  pipelineVersion: z.number(),
  stageStates: z.array(
    z.object({
      stageName: z.string(),
      inboundTransitionState: z.object({
        enabled: z.boolean(),
        disabledReason: z.string().optional(),
        lastChangedBy: z.string().optional(),
        /** Milliseconds since 1970. */
        lastChangedAt: z.number().optional(),
      }),
      /** Executions that wait at its entrance, in the order in which they would enter, and why they wait. */
      inboundExecutions: z.array(
        z.object({ pipelineExecutionId: id, startNumber: z.number(), since: z.number(), why: z.string() }),
      ),
      /** The execution inside, or the last one that was. Absent in PARALLEL mode, as in AWS. */
      latestExecution: z
        .object({ pipelineExecutionId: id, status: z.string(), type: z.enum(['STANDARD', 'ROLLBACK']) })
        .optional(),
    }),
  ),
});
export type PipelineState = z.output<typeof pipelineStateSchema>;

/** What a person sees who looks at an action that waits at a breakpoint. */
const pausedActionSchema = z.object({
  pausedAt: z.enum(['before', 'after']),
  /** Milliseconds since 1970. */
  since: z.number(),
  actionType: z.string(),
  resolvedConfiguration: z.record(z.string(), z.string()),
  /** Why it will fail when it goes on, such as a variable that cannot be resolved. */
  fault: z.string().optional(),
  /** Variables that it can see, by 'namespace.key': what it may be given other values for. */
  variables: z.record(z.string(), z.string()),
  /** Names of the environment of its commands; empty for actions that run none. */
  environment: z.array(z.string()),
  inputArtifacts: z.array(
    z.object({
      name: z.string(),
      digest: z.string(),
      size: z.number(),
      /** Where it lies unpacked; '' when it is no folder. */
      folder: z.string(),
      /** Paths in it, at most 2000. */
      files: z.array(z.object({ path: z.string(), size: z.number() })),
      isCut: z.boolean(),
    }),
  ),
  /** Opens a shell in the unpacked inputs with the environment that the action's commands have. */
  shellCommand: z.string(),
});
export type PausedAction = z.output<typeof pausedActionSchema>;

const alarmStateSchema = z.enum(alarmStates);
const conditionTypeSchema = z.enum(['BEFORE_ENTRY', 'ON_SUCCESS', 'ON_FAILURE']);
const breakpointsSchema = z.record(z.string(), z.enum(['before', 'after']));

export const pipelineCalls = {
  /** Lets a condition pass that is evaluated, or that has failed its stage. */
  overrideStageCondition: call(
    z.object({ pipelineExecutionId: id, stageName: name, conditionType: conditionTypeSchema }),
    nothing,
  ),
  /** Starts an execution of one stage with what an earlier execution had brought there. Asks for consent as any start. */
  rollbackStage: call(
    z.object({ pipelineName: name, stageName: name, targetPipelineExecutionId: id }),
    z.object({ pipelineExecutionId: id }),
  ),
  /** Executions that a stage can be rolled back to, newest first (of the latest 200). */
  listRollbackTargets: call(
    z.object({ pipelineName: name, stageName: name }),
    z.object({ executions: z.array(executionSummarySchema) }),
  ),

  // Pipelines, beside their executions
  getPipelineState: call(z.object({ pipelineName: name }), pipelineStateSchema),
  /** Disabling a disabled transition replaces its reason. */
  disableStageTransition: call(
    z.object({ pipelineName: name, stageName: name, reason: z.string().max(1000) }),
    nothing,
  ),
  enableStageTransition: call(z.object({ pipelineName: name, stageName: name }), nothing),
  /** The definitions that were started here, newest first. */
  listPipelineVersions: call(
    z.object({ pipelineName: name }),
    z.object({ versions: z.array(z.object({ version: z.number(), createdAt: z.number() })) }),
  ),
  /** `pipeline` is the declaration. */
  getPipelineVersion: call(
    z.object({ pipelineName: name, version: z.number().int().min(1) }),
    z.object({ version: z.number(), pipeline: z.looseObject({}) }),
  ),
  /** The local stand-ins of CloudWatch alarms. */
  listAlarms: call(
    nothing,
    z.object({ alarms: z.array(z.object({ alarmName: z.string(), state: alarmStateSchema, at: z.number() })) }),
  ),
  setAlarmState: call(z.object({ alarmName: z.string().min(1).max(255), state: alarmStateSchema }), nothing),

  // Debugging
  /** Lets an action pass the breakpoint at which it waits. `variables`: by 'namespace.key', values that count from here on. */
  continueAction: call(
    z.object({
      pipelineExecutionId: id,
      stageName: name,
      actionName: name,
      variables: z.record(z.string().max(201), z.string().max(10_000)).default({}),
      /** Before it has started: it is not run and counts as done, without outputs. */
      skip: z.boolean().default(false),
    }),
    nothing,
  ),
  inspectPaused: call(z.object({ pipelineExecutionId: id, stageName: name, actionName: name }), pausedActionSchema),
  /**
   * Starts an execution that takes over what another one had produced, up to the event `seq` (absent = all of it). Without
   * a stage it begins where that one stood, with a stage (and action) there; `only` runs that action and nothing else. With a
   * document its bindings and breakpoints count, with `text` also its definition, which is then checked as for any start.
   */
  forkExecution: call(
    z.object({
      pipelineExecutionId: id,
      seq: z.number().int().min(1).optional(),
      stageName: name.optional(),
      actionName: name.optional(),
      only: z.boolean().default(false),
      documentId: id.optional(),
      sidecar: sidecarSchema.optional(),
      text: text.optional(),
      breakpoints: breakpointsSchema.optional(),
    }),
    z.object({ pipelineExecutionId: id }),
  ),
};
