import { z } from 'zod';
import { sidecarSchema } from '../model/sidecar.ts';
import { problemSchema } from '../problem.ts';

/** What the declarations of calls have in common. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
export const nothing = z.object({});
export const id = z.string().min(1).max(200);
export const path = z.string().min(1).max(4096);
export const name = z.string().min(1).max(100);
const MAX_TEXT = 10 * 1024 * 1024;
export const text = z.string().max(MAX_TEXT);

export const openDocumentSchema = z.object({
  documentId: id,
  /** Real path, '' for a document that was never saved. */
  path: z.string(),
  name: z.string(),
  format: z.enum(['json', 'yaml']),
  text,
  sidecar: sidecarSchema,
  /** Faults found while reading (not UTF-8, sidecar unreadable …); faults of the declaration are found by validation. */
  problems: z.array(problemSchema),
  /** The file is larger than a pipeline may be: this is its first part, to be looked at and nothing else. */
  isPart: z.boolean().optional(),
});

export const executionStatusSchema = z.enum([
  'InProgress',
  'Stopping',
  'Stopped',
  'Succeeded',
  'Superseded',
  'Failed',
  'Cancelled',
]);

export const executionSummarySchema = z.object({
  pipelineExecutionId: id,
  pipelineName: z.string(),
  status: executionStatusSchema,
  origin: z.enum(['local', 'aws']),
  triggerType: z.string(),
  triggerDetail: z.string(),
  /** First source action's revision: its id and message, '' where there is none yet. */
  revisionId: z.string(),
  revisionSummary: z.string(),
  /** Milliseconds since 1970. */
  startTime: z.number(),
  lastUpdateTime: z.number(),
  /** Milliseconds from start to end by the monotonic clock; undefined while running. */
  duration: z.number().optional(),
  /** Stage/Action of the first failed action, '' if none. */
  failedAction: z.string(),
  /** True while an approval waits for an answer. */
  waitsForApproval: z.boolean(),
  documentPath: z.string(),
});
export type ExecutionSummary = z.output<typeof executionSummarySchema>;
