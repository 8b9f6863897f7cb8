import { randomUUID } from 'node:crypto';
import type { Engine, HostPorts, Trust } from '../../parts.ts';

/**
 * Asks for consent to executions that the engine holds, one after another, and releases those that were agreed to. A window
 * calls it when it is there to answer; while a question is open, further calls do nothing.
 */
export function createHeldConsent(
  engine: Pick<Engine, 'held' | 'release'>,
  trust: Trust,
  askConsent: HostPorts['askConsent'],
): () => Promise<void> {
  let isAsking = false;
  return async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      for (const { pipelineExecutionId, request } of engine.held()) {
        const { hash, trusted, ...described } = await trust.describe(request, '');
        // One answer is enough for all executions of the same project as it is.
        if (!trusted) {
          if (!(await askConsent({ consentId: randomUUID(), ...described }))) continue;
          await trust.agree(request.folder, hash);
        }
        engine.release(pipelineExecutionId);
      }
    } finally {
      isAsking = false;
    }
  };
}
