import { ActionFailure, type ActionOutcome, type ActionRun, type PipelineStart } from '../providers/host.ts';
import { reading } from './inputFiles.ts';
import { member, readJson } from './readData.ts';

type Key = 'PipelineName' | 'SourceRevisions' | 'Variables';

const REVISION_TYPES = ['COMMIT_ID', 'IMAGE_DIGEST', 'S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY'] as const;
const MAX_VARIABLES = 50;
const invalid = (message: string, fix: string) => new ActionFailure('ConfigurationError', message, fix);

/**
 * Starts another local pipeline. As in AWS its end is not waited for (reference/actions.md, CodePipeline invoke), unless the
 * binding asks for that: then the action ends as the other execution does.
 */
export async function startOtherPipeline(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host } = run;
  const binding = run.binding?.kind === 'pipeline' ? run.binding : undefined;
  const { PipelineName = '' } = configuration;
  if (!/^[A-Za-z0-9.@_-]{1,100}$/.test(PipelineName)) {
    throw invalid(`PipelineName "${PipelineName.slice(0, 100)}" is no name of a pipeline.`, 'Name a pipeline.');
  }
  const start: PipelineStart = {
    pipelineName: PipelineName,
    ...(binding?.path === undefined ? {} : { path: binding.path }),
    variables: readVariables(configuration.Variables),
    sourceRevisions: readRevisions(configuration.SourceRevisions),
  };
  const { startPipeline, executionEnded } = await host.emulation();
  if (!startPipeline) {
    throw invalid(
      `Pipeline ${PipelineName} is not started: this program runs one pipeline only.`,
      'Run it from the window or with penstock serve, or bind the action to a simulation.',
    );
  }
  const { pipelineExecutionId } = await startPipeline(start);
  const externalExecutionId = pipelineExecutionId;
  if (!binding?.wait) {
    host.log(`Pipeline ${PipelineName} is started as ${pipelineExecutionId}; its end is not waited for, as in AWS.`);
    return { summary: `${PipelineName} started.`, externalExecutionId };
  }
  host.log(
    `Pipeline ${PipelineName} is started as ${pipelineExecutionId}. Its end is waited for, as the binding of this action says; CodePipeline would not wait.`,
  );
  const status = await executionEnded(pipelineExecutionId);
  host.log(`Execution ${pipelineExecutionId} of ${PipelineName} ended: ${status}.`);
  if (status === 'Succeeded') return { summary: `${PipelineName} succeeded.`, externalExecutionId };
  throw new ActionFailure(
    'JobFailed',
    `Execution ${pipelineExecutionId} of pipeline ${PipelineName} ended: ${status}.`,
    `See why: penstock show ${pipelineExecutionId}, or its record in the window.`,
  );
}

function listOf(key: string, text: string | undefined): unknown[] {
  if (text === undefined) return [];
  const list = reading(
    ({ line, column }) => ({
      code: 'ConfigurationError',
      message: `${key} is no JSON after its variables were filled in (line ${line}, column ${column}).`,
    }),
    () => readJson(text),
  );
  if (Array.isArray(list)) return list;
  throw invalid(`${key} is no JSON list.`, 'Write it as [{…}].');
}

function readVariables(text: string | undefined): Record<string, string> {
  const entries = listOf('Variables', text).map((item): [string, string] => {
    const [name, value] = [member(item, 'name'), member(item, 'value')];
    if (typeof name !== 'string' || !/^[A-Za-z0-9@_-]{1,128}$/.test(name) || typeof value !== 'string') {
      throw invalid('Variables: an entry has no name and value.', 'Write [{"name":"stage","value":"beta"}].');
    }
    if (value.length < 1 || value.length > 1000) {
      throw invalid(`Variables: the value of ${name} has ${value.length} characters.`, 'It takes 1 to 1000.');
    }
    return [name, value];
  });
  if (entries.length > MAX_VARIABLES) throw invalid(`Variables has ${entries.length} entries.`, 'It takes at most 50.');
  return Object.fromEntries(entries);
}

function readRevisions(text: string | undefined): PipelineStart['sourceRevisions'] {
  return listOf('SourceRevisions', text).map((item) => {
    const [actionName, value] = [member(item, 'actionName'), member(item, 'revisionValue')];
    const type = REVISION_TYPES.find((known) => known === member(item, 'revisionType'));
    if (typeof actionName === 'string' && typeof value === 'string' && type !== undefined) {
      return { actionName, revisionType: type, revisionValue: value };
    }
    throw invalid(
      'SourceRevisions: an entry has no actionName, revisionType and revisionValue.',
      `The types are ${REVISION_TYPES.join(', ')}.`,
    );
  });
}
