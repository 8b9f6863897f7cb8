import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { lambdaEvent } from '../../../shared/jobs/jobData.ts';
import type { JobRecord } from '../../../shared/jobs/jobRecord.ts';
import type { Binding } from '../../../shared/model/sidecar.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import type { JobAction, JobSession } from '../../parts.ts';
import { childEnvironment } from '../process/childEnvironment.ts';
import { type ExitCode, superviseShell } from '../process/superviseShell.ts';
import { callFolder } from './callFolder.ts';
import { NODE_SCRIPT, PYTHON_SCRIPT } from './handlerScripts.ts';
import type { JobTools } from './jobTools.ts';

export type Handler = Extract<Binding, { kind: 'handler' }>;

/** No Lambda function runs longer. */
export const LONGEST_CALL_MS = 15 * 60_000;

export interface Call {
  functionName: string;
  handler: Handler;
  subject: JobAction['subject'];
  session: JobSession;
  job: JobRecord;
  /** An earlier host may have made this call. */
  mayBeAgain: boolean;
  signal: AbortSignal;
}

/**
 * Calls the bound handler for one job, in a process of its own that outlives this host as a build's does. Each call has a folder
 * in which its shell notes how it came and went; it is never made twice.
 */
export async function callHandler(call: Call, tools: JobTools): Promise<ExitCode> {
  const { handler, session, job } = call;
  const { attempt, folder, log } = tools;
  const runtime = runtimeOf(handler);
  folder.ensure();
  const own = join(folder.path, callFolder(job.jobId));
  mkdirSync(own, { recursive: true, mode: 0o700 });
  // The only process of the attempt is known to have run, so a note that is missing was lost: it is not called again.
  const isLost = attempt.hadProcess && tools.known?.jobs.length === 1;
  const before = !call.mayBeAgain ? 'nothing' : isLost ? 'anotherBoot' : attempt.before;
  const script = join(own, runtime === 'node' ? 'call.mjs' : 'call.py');
  const event = join(own, 'event.json');
  if (before === 'nothing' || !statSync(script, { throwIfNoEntry: false })) {
    const { artifactCredentials } = session;
    const value = lambdaEvent(job.jobId, call.subject, artifactCredentials, job.continuationToken);
    writeFileSync(event, JSON.stringify(value), { mode: 0o600 });
    // Last, because a later host takes it as the sign that all is there.
    writeFileSync(script, runtime === 'node' ? NODE_SCRIPT : PYTHON_SCRIPT, { mode: 0o600 });
  }
  const name = handler.handler || 'handler';
  const program = runtime === 'node' ? process.execPath : 'python3';
  const words = [program, script, event, handler.path, name, JSON.stringify(factsOf(call))];
  const exitCode = await superviseShell({
    folder: own,
    outputPath: log.startOutput(),
    script: words.map(quote).join(' '),
    shell: 'sh',
    environment: childEnvironment(attempt.actionExecutionId, environmentOf(call, runtime, name)),
    cwd: dirname(handler.path),
    cookie: attempt.actionExecutionId,
    before,
    mayStart: attempt.mayStart,
    signal: call.signal,
    closing: tools.closing,
    onStarted: tools.onStarted,
  });
  for (const file of [script, event]) rmSync(file, { force: true });
  if (exitCode === 127 && runtime === 'python') {
    throw new ActionFailure(
      'ConfigurationError',
      'The function is written in Python, and there is no python3 in the PATH.',
      'Install Python, or script the end of the action instead (simulation).',
    );
  }
  return exitCode;
}

function runtimeOf({ path, runtime }: Handler): 'node' | 'python' {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new ActionFailure(
      'ConfigurationError',
      `There is no handler file ${path}.`,
      'Change the binding of the action to a file that exists.',
    );
  }
  if (runtime) return runtime;
  const ending = extname(path).toLowerCase();
  if (ending === '.py') return 'python';
  if (['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'].includes(ending)) return 'node';
  throw new ActionFailure(
    'ConfigurationError',
    `The ending of ${path} does not say how it is run.`,
    'Bind a JavaScript (.mjs, .cjs, .js) or Python (.py) file.',
  );
}

/** What the handler's context says beside its methods. */
function factsOf({ functionName, subject, job }: Call) {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${subject.region}:${subject.account}:function:${functionName}`,
    memoryLimitInMB: '128',
    awsRequestId: job.jobId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `penstock/[$LATEST]${job.jobId.replaceAll('-', '')}`,
    timeoutMs: LONGEST_CALL_MS,
  };
}

function environmentOf({ functionName, handler, subject, session }: Call, runtime: string, name: string) {
  const { url, credentials } = session;
  return {
    // All other services of AWS are asked here as well, and refused: nothing leaves this machine unless the binding says so.
    AWS_ENDPOINT_URL: url,
    ...handler.environment,
    AWS_ENDPOINT_URL_CODEPIPELINE: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: subject.region,
    AWS_DEFAULT_REGION: subject.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    LAMBDA_TASK_ROOT: dirname(handler.path),
    _HANDLER: name,
    ...(runtime === 'node' && process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
  };
}

/** Single quotes around a text for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
