import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { type DocumentFormat, parseDocument } from '../../shared/model/documentText.ts';
import { type Problem, ProblemError } from '../../shared/problem.ts';
import { validate } from '../../shared/validation/validate.ts';

const MAX_BYTES = 10 * 1024 * 1024;

export interface CheckedFile {
  path: string;
  text: string;
  format: DocumentFormat;
  parsed: ReturnType<typeof parseDocument>;
  problems: Problem[];
}

/** Reads and checks a pipeline file. Missing, too large and unreadable files are ProblemErrors. */
export async function readPipelineFile(file: string, cwd: string): Promise<CheckedFile> {
  const path = resolve(cwd, file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new ProblemError({
      code: 'file.missing',
      where: path,
      what: found ? 'This is not a file.' : 'There is no such file.',
      fix: 'Check the path.',
    });
  }
  if (found.size > MAX_BYTES) {
    throw new ProblemError({
      code: 'file.too-big',
      where: path,
      what: `The file has ${found.size} bytes; a pipeline file may have ${MAX_BYTES}.`,
      fix: 'Name the pipeline file itself.',
    });
  }
  const text = await readFile(path, 'utf8');
  const format = ['.yaml', '.yml'].includes(extname(path).toLowerCase()) ? 'yaml' : 'json';
  const parsed = parseDocument(text, format);
  return {
    path,
    text,
    format,
    parsed,
    problems: [...parsed.problems, ...(parsed.pipeline ? validate(parsed.pipeline) : [])],
  };
}

/** A Problem in one or two lines for people. */
export function problemText({ code, severity, where, field, what, fix, line, column }: Problem): string {
  const place = [where || 'pipeline', field, line && `line ${line}:${column ?? 1}`].filter(Boolean).join(' · ');
  return `${severity === 'error' ? 'error  ' : 'warning'}  ${place}\n         ${what}\n         ${fix} (${code})\n`;
}
