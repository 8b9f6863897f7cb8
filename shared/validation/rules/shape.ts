import type { z } from 'zod';
import { actionSchema, type PipelineDeclaration, pipelineSchema } from '../../model/declaration.ts';
import { placeOf } from '../../model/place.ts';
import { type Problem, problem } from '../../problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * V-001 … V-040: every field by itself, as the schemas of shared/model/declaration.ts have it from AWS's model. One Problem
 * for each field, in plain words. `isReadable` is false when a value is of another kind than declared, so that no other rule
 * could walk over it; what parseDocument answers is always readable.
 */
export function shape(pipeline: PipelineDeclaration): { problems: Problem[]; isReadable: boolean } {
  if (isKnownGood(pipeline)) return { problems: [], isReadable: true };
  const parsed = pipelineSchema.safeParse(pipeline, { reportInput: true });
  if (parsed.success) return { problems: [], isReadable: true };
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('\n');
    // An empty text is both too short and against its pattern; the first fault says enough.
    if (seen.has(path)) continue;
    seen.add(path);
    const place = placeOf(pipeline, issue.path);
    problems.push(problem({ ...place, ...wordsOf(issue, nameOf(issue.path)) }));
  }
  return { problems, isReadable: !parsed.error.issues.some(isOfAnotherKind) };
}

/*
 * A large pipeline is validated after each edit, and an edit changes one action. So texts of actions that the schema took are
 * remembered, and only the others are asked about. Everything else of a pipeline is small.
 */
const goodActions = new Set<string>();
const MOST_REMEMBERED = 5000;

/** True when no field is at fault; false says nothing. */
function isKnownGood(pipeline: PipelineDeclaration): boolean {
  if (typeof pipeline !== 'object' || pipeline === null || !Array.isArray(pipeline.stages)) return false;
  const stages: unknown[] = [];
  for (const stage of pipeline.stages) {
    if (typeof stage !== 'object' || stage === null || !Array.isArray(stage.actions)) return false;
    if (!stage.actions.every(isGoodAction)) return false;
    stages.push({ ...stage, actions: [] });
  }
  return pipelineSchema.safeParse({ ...pipeline, stages }).success;
}

function isGoodAction(action: PipelineDeclaration['stages'][number]['actions'][number]): boolean {
  // A value that is undefined has no text: it would pass for one that is not there.
  for (const value of Object.values(action?.configuration ?? {})) if (typeof value !== 'string') return false;
  let text: string | undefined;
  try {
    text = JSON.stringify(action);
  } catch {
    return false;
  }
  if (text === undefined) return false;
  if (goodActions.has(text)) return true;
  if (!actionSchema.safeParse(action).success) return false;
  if (goodActions.size >= MOST_REMEMBERED) goodActions.clear();
  goodActions.add(text);
  return true;
}

const isOfAnotherKind = (issue: Issue): boolean =>
  issue.code === 'invalid_type' && !(issue.input === undefined && /^(string|number|int)$/.test(issue.expected));

/** 'stages.0.actions.1.inputArtifacts.0.name' is called "inputArtifacts.0.name" where its action is already named. */
function nameOf(path: readonly PropertyKey[]): string {
  const start = path[0] === 'stages' ? (path[2] === 'actions' ? 4 : 2) : 0;
  const rest = path.slice(Math.min(start, Math.max(0, path.length - 1)));
  return rest[0] === 'configuration' && rest.length === 2 ? String(rest[1]) : rest.map(String).join('.') || 'pipeline';
}

type Words = Pick<Problem, 'code' | 'what' | 'fix'>;

function wordsOf(issue: Issue, name: string): Words {
  const input = issue.input;
  if (input === undefined || input === '') {
    return { code: 'shape.missing', what: `"${name}" is missing.`, fix: `Enter ${exampleOf(name)}.` };
  }
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'shape.type',
        what: `"${name}" must be ${kinds[issue.expected] ?? issue.expected}; here stands ${short(input)}.`,
        fix: `Write ${kinds[issue.expected] ?? issue.expected}.`,
      };
    case 'too_small': {
      const what = `"${name}" has ${measured(input)}; AWS takes at least ${count(issue.minimum, input)}.`;
      return { code: 'shape.too-small', what, fix: adding(input) };
    }
    case 'too_big': {
      const what = `"${name}" has ${measured(input)}; AWS takes at most ${count(issue.maximum, input)}.`;
      return { code: 'shape.too-large', what, fix: removing(input) };
    }
    case 'invalid_value':
      return {
        code: 'shape.not-allowed',
        what: `"${name}" is ${short(input)}; AWS takes ${issue.values.map((value) => `"${String(value)}"`).join(', ')}.`,
        fix: 'Choose one of these.',
      };
    case 'invalid_format':
      return {
        code: 'shape.pattern',
        what: `"${name}" is ${short(input)}, which AWS does not take.`,
        fix: `Write ${exampleOf(name)}.`,
      };
    case 'invalid_key':
      return {
        code: 'shape.key',
        what: `The key "${String(issue.path.at(-1)).slice(0, 60)}" is not of a length that AWS takes.`,
        fix: 'Keys of a configuration have 1 to 50 characters, Regions 4 to 30.',
      };
    default:
      return {
        code: 'shape.not-allowed',
        what: `"${name}" is not as AWS takes it: ${issue.message}`,
        fix: `Write ${exampleOf(name)}.`,
      };
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function exampleOf(name: string): string {
  const field = name.split('.').at(-1) ?? name;
  if (field === 'roleArn') return 'the ARN of an IAM role, arn:aws:iam::111122223333:role/name';
  if (field === 'location') return 'the name of an S3 bucket: 3 to 63 letters, digits, "-" and "."';
  if (/Artifacts\.\d+\.name$/.test(name)) return 'letters, digits, "_" and "-", at most 100';
  if (field === 'namespace') return 'letters, digits, "@", "-" and "_", at most 100';
  if (/environmentVariables\.\d+\.name$/.test(name)) return 'letters, digits and "_", at most 128';
  if (field === 'name') return 'letters, digits, ".", "@", "-" and "_", at most 100';
  if (field === 'provider' || field === 'version') return 'letters, digits, "_" and "-"';
  return 'a value without line breaks';
}

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const characters = (length: number | bigint) => (Number(length) === 1 ? '1 character' : `${length} characters`);
const entries = (length: number | bigint) => (Number(length) === 1 ? '1 entry' : `${length} entries`);
const count = (limit: number | bigint, input: unknown): string =>
  typeof input === 'string' ? characters(limit) : Array.isArray(input) ? entries(limit) : String(limit);
const measured = (input: unknown): string =>
  typeof input === 'string'
    ? characters(input.length)
    : Array.isArray(input)
      ? entries(input.length)
      : `the value ${short(input)}`;
const adding = (input: unknown) =>
  Array.isArray(input) ? 'Add an entry, or remove the field.' : 'Enter a larger or longer value.';
const removing = (input: unknown) => (Array.isArray(input) ? 'Remove entries.' : 'Enter a smaller or shorter value.');
