/** How a job operation fails, by the names of reference/api.md §2. */
export type JobErrorName =
  | 'ActionTypeNotFoundException'
  | 'InvalidClientTokenException'
  | 'InvalidJobException'
  | 'InvalidJobStateException'
  | 'InvalidNonceException'
  | 'JobNotFoundException'
  | 'OutputVariablesSizeExceededException'
  | 'ValidationException';

export class JobError extends Error {
  readonly type: JobErrorName;

  constructor(type: JobErrorName, message: string) {
    super(message);
    this.name = 'JobError';
    this.type = type;
  }
}
