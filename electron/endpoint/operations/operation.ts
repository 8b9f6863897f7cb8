import type { JobRegistry } from '../jobRegistry.ts';
import type { RunKeys, Scope } from '../runKeys.ts';

/** What an operation may use. */
export interface Caller {
  readonly scope: Scope;
  readonly registry: JobRegistry;
  readonly keys: RunKeys;
}

/**
 * One operation of the API. `input` has the shape `<name>Input`; the answer becomes the body, undefined an empty one
 * (reference/api.md §1).
 * @throws WireError or JobError for what AWS answers with an error.
 */
export type Operation = (input: never, caller: Caller) => Promise<object | undefined>;
