import type { Binding } from '../model/sidecar.ts';
import type { Artifact } from '../providers/host.ts';
import type { JobResult } from './job.ts';

/** Powers of actions whose work somebody else does. Safe to ask for again after a crash: the same jobs go on. */
export interface JobHost {
  /** Offers the action to job workers and waits for the last result. */
  work(): Promise<JobOutcome>;
  /**
   * Calls the bound function, again for each continuation, and waits for the last result. `returnPasses`: a function that
   * returns without having reported anything has succeeded.
   */
  invoke(
    functionName: string,
    handler: Extract<Binding, { kind: 'handler' }>,
    options?: { returnPasses?: boolean },
  ): Promise<JobOutcome>;
}

export interface JobOutcome {
  /** Without a continuation token. */
  result: JobResult;
  /** Those that were uploaded. */
  outputArtifacts: readonly Artifact[];
}
