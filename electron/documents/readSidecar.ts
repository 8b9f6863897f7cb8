import { emptySidecar, type Sidecar, sidecarSchema } from '../../shared/model/sidecar.ts';
import { type Problem, ProblemError, problem } from '../../shared/problem.ts';
import type { FileSystem } from './fileSystem.ts';
import { sidecarPathOf } from './paths.ts';
import { readTextFile } from './readTextFile.ts';

export interface SidecarFile {
  path: string;
  sidecar: Sidecar;
  /** Its text on disk; undefined when there is none. */
  text: string | undefined;
  /** Set when the file on disk must stay as it is: unreadable, or written by a newer version. */
  untouchable: Problem | undefined;
}

/** Never throws: a sidecar that cannot be read must not keep its pipeline from being opened. */
export async function readSidecarFile(fs: FileSystem, pipelinePath: string): Promise<SidecarFile> {
  const path = sidecarPathOf(pipelinePath);
  const untouchable = (code: string, what: string, text?: string): SidecarFile => ({
    path,
    sidecar: emptySidecar(),
    text,
    untouchable: problem({
      code,
      severity: 'warning',
      where: path,
      what: `${what} The pipeline opens without its bindings, and ${path} is left as it is.`,
      fix: 'Mend, rename or remove that file, then open the pipeline again. Until then bindings are not saved.',
    }),
  });
  let text: string;
  try {
    const file = await readTextFile(fs, path);
    if (file.isLossy) return untouchable('sidecar.unreadable', `${path} is not UTF-8 text.`);
    ({ text } = file);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.problem.code === 'file.not-found')
      return { path, sidecar: emptySidecar(), text: undefined, untouchable: undefined };
    return untouchable('sidecar.unreadable', error.problem.what);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return untouchable('sidecar.unreadable', `${path} is not JSON.`, text);
  }
  const version = typeof value === 'object' && value !== null && 'penstock' in value ? value.penstock : 1;
  if (typeof version === 'number' && version > 1) {
    return untouchable('sidecar.newer', `${path} was written by a newer version of Penstock.`, text);
  }
  const parsed = sidecarSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return untouchable(
      'sidecar.unreadable',
      `${path} is not as Penstock writes it (${issue?.path.join('.')}: ${issue?.message}).`,
      text,
    );
  }
  return { path, sidecar: parsed.data, text, untouchable: undefined };
}

/** How a sidecar is written. */
export const sidecarText = (sidecar: Sidecar): string => `${JSON.stringify(sidecar, null, 2)}\n`;
