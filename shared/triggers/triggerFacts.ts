import { z } from 'zod';
import type { Trigger } from '../execution/events.ts';
import { gitEventSchema } from './gitEvent.ts';

/** What the triggerDetail of an execution says of the event that started it; see `triggerOf`. */
const factsSchema = z.intersection(
  gitEventSchema,
  z.object({
    repository: z.string(),
    /** 'Stage/Action' of the source actions that the event concerned. */
    sourceActions: z.array(z.string()),
    /** The places of the filters that matched. */
    filters: z.array(z.string()),
  }),
);
export type TriggerFacts = z.output<typeof factsSchema>;

/** The Git event behind an execution, as far as it concerns a source action ('Stage/Action'); undefined for any other start. */
export function triggerFacts(trigger: Trigger | undefined, where: string): TriggerFacts | undefined {
  if (trigger?.triggerType !== 'WebhookV2' && trigger?.triggerType !== 'Webhook') return undefined;
  let detail: unknown;
  try {
    detail = JSON.parse(trigger.triggerDetail);
  } catch {
    return undefined; // an execution of AWS has texts of its own there
  }
  const read = factsSchema.safeParse(detail);
  return read.success && read.data.sourceActions.includes(where) ? read.data : undefined;
}
