import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenDocument } from '../shared/ipc/contract.ts';
import { type DocumentFormat, parseDocument } from '../shared/model/documentText.ts';
import { ProblemError } from '../shared/problem.ts';
import { ActionFailure } from '../shared/providers/host.ts';
import type { Documents, Engine, History, StartOther, Trust } from './parts.ts';
import { prepareRun } from './prepareRun.ts';

/**
 * Starts the pipeline that an action of another one names: the saved file of that name, beside the file of the one that asks
 * or among the documents opened last. Its project must be trusted already, because nobody is asked in the middle of a run.
 */
export interface StartOtherOptions {
  documents: {
    handlers: Pick<Documents['handlers'], 'listRecent'>;
    read(path: string): Promise<Pick<OpenDocument, 'text' | 'format' | 'sidecar'>>;
  };
  history: Pick<History, 'summary'>;
  trust: Trust;
  start: Engine['start'];
}

/** Pipelines may start each other in a circle; AWS would let them. */
const MOST_IN_A_ROW = 10;
const MOST_FILES = 200;

export function createStartOther({ documents, history, trust, start }: StartOtherOptions): StartOther {
  /** How many starts led to an execution that was started here. */
  const depths = new Map<string, number>();

  return async ({ pipelineName, path: named, variables, sourceRevisions }, by) => {
    const pipelineExecutionId = uuidOf(by.token);
    if (await history.summary(pipelineExecutionId)) return { pipelineExecutionId }; // an earlier host started it
    const depth = (depths.get(by.pipelineExecutionId) ?? 0) + 1;
    if (depth > MOST_IN_A_ROW) {
      throw new ActionFailure(
        'JobFailed',
        `${MOST_IN_A_ROW} pipelines have started each other in a row.`,
        'Break the circle of pipelines that start each other.',
      );
    }
    const { path, text, format, sidecar } = await findPipeline(documents, {
      pipelineName,
      named,
      beside: by.documentPath,
    });
    const folder = dirname(path);
    const request = await prepareRun(
      {
        text,
        format: format satisfies DocumentFormat,
        sidecar,
        variables: { ...variables },
        documentPath: path,
        folder,
        openedAs: folder,
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: `${by.where} of ${by.pipelineExecutionId}` },
        sourceRevisions: [...sourceRevisions],
      },
      trust,
      async () => false,
    ).catch((error: unknown) => {
      throw refusal(pipelineName, error);
    });
    depths.set(pipelineExecutionId, depth);
    return start({ ...request, pipelineExecutionId });
  };
}

export interface NamedPipeline {
  pipelineName: string;
  /** The file that the action's binding names; absent = whichever has the name. */
  named?: string | undefined;
  /** The file of the pipeline that asks, '' if unsaved. */
  beside: string;
}

/** The saved file of a pipeline that an action starts. @throws ActionFailure when there is none */
export async function findPipeline(
  { handlers, read }: StartOtherOptions['documents'],
  { pipelineName, named, beside }: NamedPipeline,
): Promise<Pick<OpenDocument, 'text' | 'format' | 'sidecar'> & { path: string }> {
  for (const path of named === undefined ? await candidates(handlers, beside) : [named]) {
    const document = await read(path).catch(() => undefined); // another file of the folder is not our concern
    if (document && parseDocument(document.text, document.format).pipeline?.name === pipelineName) {
      return { ...document, path };
    }
  }
  throw new ActionFailure(
    'JobFailed',
    `The account with id 'local' does not include a pipeline with the name '${pipelineName}' (PipelineNotFoundException)`,
    named === undefined
      ? 'Save its file beside this pipeline, or open it once; or script this action under Local.'
      : `The file that this action is bound to, ${named}, is no pipeline of that name. Change the binding under Local.`,
  );
}

/** Files beside the one that asks, then those opened last. */
async function candidates(handlers: StartOtherOptions['documents']['handlers'], beside: string): Promise<string[]> {
  const folder = beside === '' ? undefined : dirname(beside);
  const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const siblings = names
    .filter((name) => /\.pipeline\.(?:json|ya?ml)$/i.test(name))
    .slice(0, MOST_FILES)
    .map((name) => join(folder ?? '', name));
  const recent = (await handlers.listRecent({})).filter(({ exists }) => exists).map(({ path }) => path);
  return [...new Set([...siblings, ...recent])];
}

function refusal(pipelineName: string, error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { code, what, fix } = error.problem;
  if (code !== 'trust.refused')
    return new ActionFailure('JobFailed', `${pipelineName}: ${what}`, fix, { cause: error });
  return new ActionFailure(
    'PermissionError',
    `Pipeline ${pipelineName} is not started: nobody agreed to what its project runs.`,
    'Run that pipeline once by hand and agree to its commands.',
    { cause: error },
  );
}

/** The same id for the same attempt, so that an action that is run again after a crash starts nothing twice. */
function uuidOf(token: string): string {
  const hex = createHash('sha256').update(`start ${token}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
