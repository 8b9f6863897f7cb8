import { extname, resolve } from 'node:path';
import { type DocumentFormat, parseDocument } from '../../shared/model/documentText.ts';
import type { Problem } from '../../shared/problem.ts';
import { validate } from '../../shared/validation/validate.ts';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { readTextFile } from '../documents/readTextFile.ts';

export interface CheckedFile {
  path: string;
  text: string;
  format: DocumentFormat;
  parsed: ReturnType<typeof parseDocument>;
  problems: Problem[];
}

/**
 * Reads and checks a pipeline file.
 * @throws ProblemError with a code `file.*` for one that is missing, over 10 MB, a folder or unreadable
 */
export async function readPipelineFile(file: string, cwd: string): Promise<CheckedFile> {
  const path = resolve(cwd, file);
  const { text, problems } = await readTextFile(nodeFileSystem, path);
  const format = ['.yaml', '.yml'].includes(extname(path).toLowerCase()) ? 'yaml' : 'json';
  const parsed = parseDocument(text, format);
  return {
    path,
    text,
    format,
    parsed,
    problems: [...problems, ...parsed.problems, ...(parsed.pipeline ? validate(parsed.pipeline) : [])],
  };
}

/** A Problem in one or two lines for people. */
export function problemText({ code, severity, where, field, what, fix, line, column }: Problem): string {
  const place = [where || 'pipeline', field, line && `line ${line}:${column ?? 1}`].filter(Boolean).join(' · ');
  return `${severity === 'error' ? 'error  ' : 'warning'}  ${place}\n         ${what}\n         ${fix} (${code})\n`;
}
