import { randomUUID } from 'node:crypto';
import type { Missing } from '../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../shared/model/declaration.ts';
import { type DocumentFormat, parseDocument } from '../shared/model/documentText.ts';
import type { Sidecar } from '../shared/model/sidecar.ts';
import { type Problem, ProblemError } from '../shared/problem.ts';
import { checkSourceRevisions, type SourceRevision } from '../shared/triggers/sourceRevisions.ts';
import { validate } from '../shared/validation/validate.ts';
import { missingPlaces } from './engine/missingPlaces.ts';
import { getReadiness } from './engine/readiness.ts';
import type { HostPorts, StartRequest, Trust } from './parts.ts';

/** What a window or the command line asks to run. */
export interface RunRequest {
  text: string;
  format: DocumentFormat;
  sidecar: Sidecar;
  variables: Record<string, string>;
  documentPath: string;
  folder: string;
  openedAs: string;
  /** What starts it; absent = the user, by hand. */
  trigger?: StartRequest['trigger'];
  sourceRevisions?: readonly SourceRevision[];
}

export interface Readiness {
  pipeline: PipelineDeclaration | undefined;
  problems: Problem[];
  missing: Missing[];
}

/** What stands in the way of a run: faults of the declaration, and what the run sheet must ask. */
export function readiness({
  text,
  format,
  sidecar,
  variables,
  folder,
}: Pick<RunRequest, 'text' | 'format' | 'sidecar' | 'variables' | 'folder'>): Readiness {
  const { pipeline, problems } = parseDocument(text, format);
  if (!pipeline) return { pipeline, problems, missing: [] };
  return {
    pipeline,
    problems: [...problems, ...validate(pipeline), ...missingPlaces(pipeline, sidecar.bindings, folder)],
    missing: getReadiness(pipeline, { ...sidecar, variables: { ...sidecar.variables, ...variables } }),
  };
}

/** Values from the last run sheet, as far as the pipeline still declares the variables. */
function remembered(values: Sidecar['variables'], { variables = [] }: PipelineDeclaration): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ name }) => (Object.hasOwn(values, name) ? [[name, values[name] ?? '']] : [])),
  );
}

const isRequired = (missing: Missing) => missing.kind === 'variable' || missing.required;

/** All of it in one answer, so that nobody mends one thing only to hear of the next. */
function missingProblem(missing: readonly Missing[]) {
  const [first] = missing;
  const texts = missing.map((one) =>
    one.kind === 'variable'
      ? {
          what: `The pipeline variable "${one.name}" has no value.`,
          fix: `--var ${one.name}=VALUE`,
        }
      : { what: `${one.where}: ${one.question}`, fix: `--bind ${one.where}=PATH` },
  );
  return {
    code: 'run.missing',
    where: first?.kind === 'binding' ? first.where : '',
    what: texts.map(({ what }) => what).join(' ') || 'The pipeline cannot be read.',
    fix: `Answer in the run sheet, or on the command line: ${texts.map(({ fix }) => fix).join(' ')}`,
  };
}

/**
 * Checks validity, readiness and trust, in this order, and answers what the engine may start. Asks for consent when the
 * project's commands were never agreed to or changed since. Refusals are ProblemErrors: the declaration's first error,
 * `run.missing`, `execution.revision-*`, `trust.refused`.
 */
export async function prepareRun(
  request: RunRequest,
  trust: Trust,
  askConsent: HostPorts['askConsent'],
): Promise<StartRequest> {
  const { pipeline, problems, missing } = readiness(request);
  const [error, ...others] = problems.filter(({ severity }) => severity === 'error');
  if (error) {
    throw new ProblemError({
      ...error,
      what: others.length ? `${error.what} (and ${others.length} more)` : error.what,
    });
  }
  const required = missing.filter(isRequired);
  if (!pipeline || required.length > 0) throw new ProblemError(missingProblem(required));
  const { trigger, sourceRevisions = [] } = request;
  checkSourceRevisions(pipeline, sourceRevisions);
  const start: StartRequest = {
    declaration: pipeline,
    bindings: request.sidecar.bindings,
    variables: { ...remembered(request.sidecar.variables, pipeline), ...request.variables },
    documentPath: request.documentPath,
    folder: request.folder,
    ...(trigger && { trigger }),
    ...(sourceRevisions.length > 0 && { sourceRevisions: [...sourceRevisions] }),
    ...(request.sidecar.breakpoints && { breakpoints: request.sidecar.breakpoints }),
  };
  await consentTo(start, request.openedAs, trust, askConsent);
  return start;
}

/** Asks for consent to what a start would run, where it was never agreed to. @throws ProblemError `trust.refused` */
export async function consentTo(
  start: StartRequest,
  openedAs: string,
  trust: Trust,
  askConsent: HostPorts['askConsent'],
): Promise<void> {
  const { hash, trusted, ...described } = await trust.describe(start, openedAs);
  if (trusted) return;
  if (!(await askConsent({ consentId: randomUUID(), ...described }))) {
    throw new ProblemError({
      code: 'trust.refused',
      where: '',
      what: 'Nothing was run: the commands of this project were not agreed to.',
      fix: 'Press Run and agree to the commands, or pass --trust on the command line.',
    });
  }
  // A person takes time to read; what they read is what runs.
  if ((await trust.describe(start, openedAs)).hash !== hash) {
    throw new ProblemError({
      code: 'trust.changed',
      where: '',
      what: 'Nothing was run: what it would run was changed while you were asked.',
      fix: 'Run again, and read the commands as they are now.',
    });
  }
  await trust.agree(start.folder, hash);
}
