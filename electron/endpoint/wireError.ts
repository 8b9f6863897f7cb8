import { JobError } from '../../shared/jobs/jobError.ts';

/** An answer that is an error, as AWS words it. `type` is the name that SDKs make their exceptions of. */
export class WireError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.name = 'WireError';
    this.type = type;
    this.status = status;
  }
}

/** What is thrown to answer it, or undefined for a fault of ours. */
export function toWireError(error: unknown): WireError | undefined {
  if (error instanceof WireError) return error;
  return error instanceof JobError ? new WireError(error.type, error.message) : undefined;
}
