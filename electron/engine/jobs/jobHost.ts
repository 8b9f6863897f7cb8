import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { JobResult } from '../../../shared/jobs/job.ts';
import type { JobHost } from '../../../shared/jobs/jobHost.ts';
import type { JobRecord } from '../../../shared/jobs/jobRecord.ts';
import { actionTypeKey } from '../../../shared/model/declaration.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import type { JobAction, JobSession } from '../../parts.ts';
import { NOTE } from '../process/shellNote.ts';
import { callFolder } from './callFolder.ts';
import { callHandler, type Handler, LONGEST_CALL_MS } from './callHandler.ts';
import { jobSubjectOf } from './jobSubject.ts';
import type { JobTools } from './jobTools.ts';

/** The powers of actions whose work others do, on this machine. Loaded by the first that asks for them. */
export function createJobHost(tools: JobTools): JobHost {
  const { attempt, log, signal } = tools;
  const subject = jobSubjectOf(attempt);

  const open = async (kind: JobAction['kind']): Promise<JobSession> => {
    const { endpoint, record, store } = tools;
    if (!endpoint) {
      throw new ActionFailure('ConfigurationError', 'This host has no address where jobs can be reported.', '');
    }
    return endpoint.open({
      kind,
      subject,
      known: tools.known,
      artifacts: {
        inputs: attempt.inputArtifacts,
        take: (artifact) =>
          tools.take(artifact).catch((error: unknown) => {
            if (error instanceof ActionFailure) log.line(`${error.message} ${error.fix}`);
            throw error;
          }),
        put: (content) => store.putStream(content),
      },
      record,
      mask: (text) => log.masked(text),
    });
  };

  return {
    async work() {
      const session = await open('worker');
      log.line(`Waits for a job worker of ${actionTypeKey(attempt.action.actionTypeId)} at ${session.url}.`);
      log.line(`What a worker needs is printed by: penstock worker-env ${subject.pipelineExecutionId}`);
      const result = await untilEnd(session, signal, (job) => orAborted(session.result(job.jobId), signal));
      return { result, outputArtifacts: session.uploads() };
    },

    async invoke(functionName, handler, { returnPasses = false } = {}) {
      const session = await open('function');
      const known = new Set(tools.known?.jobs.map(idOf));
      const { credentials, artifactCredentials } = session;
      await log.prepareMasking();
      log.hide(
        [credentials, artifactCredentials].flatMap(({ secretAccessKey, sessionToken }) => [
          { name: 'secretAccessKey', value: secretAccessKey },
          { name: 'sessionToken', value: sessionToken },
        ]),
      );
      log.line(`Calls ${handler.path} as function ${functionName}; its results are taken at ${session.url}.`);
      const result = await untilEnd(session, signal, (job) =>
        call({ functionName, handler, session, job, mayBeAgain: known.has(job.jobId), returnPasses }, subject, tools),
      );
      return { result, outputArtifacts: session.uploads() };
    },
  };
}

const idOf = ({ jobId }: JobRecord) => jobId;

/** One job after another, until a result has no continuation token. */
async function untilEnd(
  session: JobSession,
  signal: AbortSignal,
  next: (job: JobRecord) => Promise<JobResult>,
): Promise<JobResult> {
  const onAbort = () => session.end();
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      const result = await next(session.job());
      if (result.status === 'Failed' || result.continuationToken === undefined) return result;
    }
  } finally {
    session.end();
    signal.removeEventListener('abort', onAbort);
  }
}

/** AWS waits so long for an answer after each call (reference/actions.md, Timeouts). */
const ANSWER_MS = 20 * 60_000;
/** A function that has reported its result may come to its end. */
const FAREWELL_MS = 5000;
/** A result that was on its way when the process ended. */
const LAST_WORD_MS = 500;

interface OneCall {
  functionName: string;
  handler: Handler;
  session: JobSession;
  job: JobRecord;
  mayBeAgain: boolean;
  returnPasses: boolean;
}

/** Calls the function for one job and waits for the result of that job. */
async function call(one: OneCall, subject: JobAction['subject'], tools: JobTools): Promise<JobResult> {
  const { functionName, session, job } = one;
  const { attempt, log, now, signal, closing } = tools;
  const timers = createTimers(closing);
  const ending = new AbortController();
  const onAbort = () => ending.abort();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) ending.abort();
  let exit: ReturnType<typeof callHandler> | undefined;
  try {
    if (job.availableAt > now()) {
      log.line(`Called again in ${Math.ceil((job.availableAt - now()) / 1000)} s: it returned a continuation token.`);
      await orAborted(timers.after(job.availableAt - now()), signal);
    }
    // What an earlier host called goes on; only a new call wants agreement.
    const begunAt = attempt.before === 'nothing' ? undefined : beginOf(join(tools.folder.path, callFolder(job.jobId)));
    if (attempt.mayStart && begunAt === undefined) await orAborted(attempt.mayStart, signal);
    session.begin(job.jobId);
    const result = session.result(job.jobId).then((value) => ({ value }));
    const isLate = timers.after(Math.max(job.availableAt + ANSWER_MS - now(), 0)).then(() => 'late' as const);
    const ranMs = begunAt === undefined ? 0 : Math.max(0, now() - begunAt);
    void timers.after(Math.max(0, LONGEST_CALL_MS - ranMs)).then(() => ending.abort());
    exit = callHandler({ ...one, subject, signal: ending.signal }, tools);
    exit.catch(() => undefined); // the loser of a race

    let first = await orAborted(Promise.race([result, isLate, exit]), signal);
    if (typeof first === 'number' || first === 'lost') {
      if (first !== 0) {
        // What it sent with its last breath is being written down.
        const last = await orAborted(Promise.race([result, timers.after(LAST_WORD_MS)]), signal);
        if (last) return last.value;
        throw noResult(functionName, exitText(first, ending.signal.aborted));
      }
      const known = await orAborted(Promise.race([result, timers.after(LAST_WORD_MS)]), signal);
      if (known) return known.value;
      if (one.returnPasses) return { status: 'Succeeded' };
      log.line('The function has returned without a result. Waiting for somebody to report one, 20 minutes at most.');
      first = await orAborted(Promise.race([result, isLate]), signal);
    }
    if (first === 'late') throw noResult(functionName, 'Nobody reported a result for 20 minutes.');
    await orAborted(Promise.race([exit.catch(() => undefined), timers.after(FAREWELL_MS)]), signal);
    return first.value;
  } finally {
    ending.abort(); // no effect on a process that has ended
    await exit?.catch(() => undefined);
    timers.clear();
    signal.removeEventListener('abort', onAbort);
  }
}

/** When the process of a call was started, in milliseconds since 1970: its shell notes itself. Undefined before. */
const beginOf = (folder: string): number | undefined =>
  statSync(join(folder, NOTE), { throwIfNoEntry: false })?.mtimeMs;

function exitText(exit: number | 'lost', isCut: boolean): string {
  if (isCut) return 'It ran for 15 minutes, longer than any Lambda function may, and was ended.';
  if (exit === 'lost') return 'Its process vanished: it was killed, or the machine was restarted.';
  return `It ended with exit code ${exit}; the log says why. (AWS would notice only after 20 minutes.)`;
}

/** In the words of the service. */
const noResult = (functionName: string, fix: string) =>
  new ActionFailure(
    'JobFailed',
    `The AWS Lambda function ${functionName} failed to return a result. Check the function to verify that it has permission to call the PutJobSuccessResult action and that it made a call to PutJobSuccessResult.`,
    fix,
  );

/** Timers of a call; none of them outlives it, or the host. */
function createTimers(closing: AbortSignal) {
  const running = new Set<NodeJS.Timeout>();
  const clear = () => {
    for (const timer of running) clearTimeout(timer);
    running.clear();
    closing.removeEventListener('abort', clear);
  };
  closing.addEventListener('abort', clear);
  return {
    after: (milliseconds: number) =>
      new Promise<undefined>((resolve) => {
        running.add(setTimeout(() => resolve(undefined), milliseconds));
      }),
    clear,
  };
}

function orAborted<T>(wanted: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // Not shown: what ends an aborted action says why.
    const onAbort = () => reject(new ActionFailure('SystemUnavailable', 'The action was ended.'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
