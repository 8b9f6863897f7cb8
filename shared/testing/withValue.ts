import type { PipelineDeclaration } from '../model/declaration.ts';
import { completePipeline } from './completePipeline.ts';

export type Path = (string | number)[];

/** The path that `a.0.b` spells: digits are indices. */
export const pathOfText = (text: string): Path =>
  text === '' ? [] : text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The complete pipeline with the value at `path` replaced, making the parents that are missing; undefined removes it. */
export function withValue(path: Path, value: unknown): PipelineDeclaration {
  const pipeline = completePipeline();
  let parent = pipeline as unknown as Record<string | number, unknown>;
  for (const [depth, segment] of path.slice(0, -1).entries()) {
    parent[segment] ??= typeof path[depth + 1] === 'number' ? [] : {};
    parent = parent[segment] as Record<string | number, unknown>;
  }
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return pipeline;
}

/** A text of that many characters. */
export const long = (length: number): string => 'x'.repeat(length);
/** A list of that many equal items. */
export const many = <T>(length: number, item: T): T[] => Array.from({ length }, () => item);
