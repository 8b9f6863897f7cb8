import type { Happening } from '../../../shared/execution/events.ts';
import type { JobsState } from '../../../shared/jobs/jobRecord.ts';
import type { Endpoint } from '../../parts.ts';
import type { ActionLog } from '../actionLog.ts';
import type { Attempt } from '../actionRunner.ts';
import type { ArtifactStore } from '../artifacts/artifactStore.ts';
import type { TakeArtifact } from '../artifacts/takeArtifact.ts';
import type { AttemptFolder } from '../attemptFolder.ts';
import type { ProcessIdentity } from '../process/processIdentity.ts';

/** What the jobs of an attempt are made with. */
export interface JobTools {
  attempt: Attempt;
  folder: AttemptFolder;
  log: ActionLog;
  store: ArtifactStore;
  take: TakeArtifact;
  endpoint: Endpoint | undefined;
  now: () => number;
  /** Ends the action. */
  signal: AbortSignal;
  /** The host goes away: nothing is followed any more. */
  closing: AbortSignal;
  record: (happenings: readonly Happening[]) => Promise<void>;
  /** What was recorded of its jobs; undefined for an attempt that has just begun. */
  known: JobsState | undefined;
  onStarted: (identity: ProcessIdentity) => void;
}
