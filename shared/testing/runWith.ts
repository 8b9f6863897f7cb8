import type { Provider } from '../providers/provider.ts';
import { fakeHost, runOf } from './fakeHost.ts';

/** Path -> text of the artifact `In`. */
export type Files = Record<string, string>;
export interface Given {
  inputs?: readonly string[];
  outputs?: readonly string[];
  records?: Record<string, unknown>;
  size?: number;
  action?: Parameters<typeof runOf>[1]['action'];
}

/** Runs a provider on an artifact `In` of these files; answers its outcome and what its host saw. */
export async function runWith(
  provider: Provider,
  configuration: Record<string, string>,
  files: Files,
  { inputs = ['In'], outputs = [], records = {}, size, action }: Given = {},
) {
  const host = fakeHost({ files: { In: files }, records });
  const run = runOf(host, { configuration, inputs, outputs, ...(action ? { action } : {}) });
  const sized = size === undefined ? run : { ...run, inputs: run.inputs.map((input) => ({ ...input, size })) };
  const outcome = await provider.run(sized);
  return { ...outcome, lines: host.lines, made: host.made, records: Object.fromEntries(host.records) };
}
