import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { replay } from '../../shared/execution/evolve.ts';
import { isFinished, type StageState } from '../../shared/execution/executionState.ts';
import { why } from '../../shared/execution/why.ts';
import { actionKey, ruleKey } from '../../shared/model/declaration.ts';
import type { Engine, History } from '../parts.ts';
import { EXIT, type Io, isYes } from './command.ts';
import { eventText } from './eventText.ts';
import { createOthers } from './otherExecutions.ts';

export interface FollowOptions {
  engine: Engine;
  history: History;
  io: Io;
  /** Events on stdout, one a line, instead of text on stderr. */
  json: boolean;
  quiet: boolean;
  /** What the command line answers to an approval ('Stage/Action'); undefined = it leaves it open. */
  answers: (key: string) => 'Approved' | 'Rejected' | undefined;
  start: () => Promise<{ pipelineExecutionId: string }>;
  /** The id of the execution, where it began before: others are passed over, and approvals that it waits for are asked. */
  only?: string | undefined;
}

/**
 * Starts an execution, prints its events as they come, answers approvals, and resolves with the exit code when it has ended
 * or waits for someone who is not here. Ctrl+C stops it, a second one or SIGTERM abandons its actions, a third one leaves.
 */
export async function followRun(options: FollowOptions): Promise<number> {
  const { engine, history, io, json, quiet } = options;
  const started = Promise.withResolvers<string>();
  started.promise.catch(() => {}); // a refused start is thrown below
  const left = Promise.withResolvers<'left'>();
  const ended = Promise.withResolvers<number>();
  const over = new AbortController();
  const answers = new Set<Promise<void>>();
  let questions: Promise<unknown> = Promise.resolve();

  const complain = (error: unknown) => io.err(`${error instanceof Error ? error.message : String(error)}\n`);

  const answerApproval = async (pipelineExecutionId: string, event: ExecutionEvent & { type: 'ApprovalRequested' }) => {
    const { stageName, actionName, token, customData } = event;
    const key = actionKey(stageName, actionName);
    const give = (status: 'Approved' | 'Rejected', summary: string) =>
      engine.handlers.putApprovalResult({ pipelineExecutionId, stageName, actionName, token, status, summary });
    const given = options.answers(key);
    if (given) return give(given, `${given} on the command line.`);
    if (!io.isInteractive) return;
    // One question at a time: two approvals may wait at once, and there is one terminal.
    const asked = questions.then(() => askYesOrNo(io, `${key} waits for approval`, customData, over.signal));
    questions = asked.catch(() => {});
    const isApproved = await asked;
    if (isApproved === undefined) return; // nobody answered: it goes on waiting
    const status = isApproved ? 'Approved' : 'Rejected';
    return give(status, `${status} in the terminal.`);
  };

  const askApproval = (id: string, event: ExecutionEvent & { type: 'ApprovalRequested' }) => {
    const answer = answerApproval(id, event)
      .then(() => {})
      .catch(complain)
      .finally(() => answers.delete(answer));
    answers.add(answer);
  };

  let heard = Promise.withResolvers<'events'>();
  let own: string | undefined;
  const others = createOthers();
  const unsubscribe = history.subscribe((id, events) => {
    own ??= options.only ?? id;
    const isOwn = id === own;
    if (!isOwn && !others.isKnown(id, events, own)) return;
    heard.resolve('events');
    heard = Promise.withResolvers();
    for (const event of events) {
      if (json) {
        if (isOwn || others.isRollback(id)) io.out(`${JSON.stringify(event)}\n`);
      } else if (!quiet) io.err(`${isOwn ? '' : others.prefixOf(id)}${eventText(event)}`);
      if (event.type === 'ApprovalRequested') askApproval(id, event);
      if (isOwn && event.type === 'ExecutionFinished') {
        over.abort();
        ended.resolve(CODES[event.status] ?? EXIT.failed);
      }
    }
  });

  let isAbandoned = false;
  const stop = (abandon: boolean) => {
    isAbandoned ||= abandon;
    io.err(
      abandon
        ? 'Abandoning the running actions …\n'
        : 'Stopping after the running actions (Ctrl+C again abandons them) …\n',
    );
    started.promise
      .then((pipelineExecutionId) =>
        engine.handlers.stopPipelineExecution({ pipelineExecutionId, abandon, reason: 'Stopped in the terminal' }),
      )
      .catch(complain);
  };
  let interrupts = 0;
  const offInterrupt = io.onInterrupt(() => {
    interrupts += 1;
    if (interrupts <= 2) stop(interrupts === 2);
    else left.resolve('left');
  });
  const offTerminate = io.onTerminate(() => stop(true));

  /** Resolves when nothing goes on any more but waiting, and every answer of ours has been taken. */
  const untilItWaits = async (): Promise<'waits'> => {
    do {
      await engine.idle();
      await Promise.all(answers);
    } while (answers.size > 0);
    await engine.idle();
    return 'waits';
  };

  /** Rollbacks, and pipelines that the run started, belong to it: they are waited for, as long as they need nobody. */
  const untilOthersRest = async () => {
    if (others.ids().length === 0) return;
    await Promise.race([left.promise, untilItWaits()]);
    await tellOfWaiting(options, others.ids());
  };

  try {
    const { pipelineExecutionId } = await options.start();
    started.resolve(pipelineExecutionId);
    if (options.only !== undefined) {
      for (const id of [pipelineExecutionId, ...(await history.unfinished())]) {
        const events = await history.events(id);
        if (id !== pipelineExecutionId && !others.isKnown(id, events, pipelineExecutionId)) continue;
        for (const event of openApprovals(events)) askApproval(id, event);
      }
    }
    for (;;) {
      const next = heard.promise;
      const outcome = await Promise.race([ended.promise, left.promise, untilItWaits()]);
      if (typeof outcome === 'number') {
        if (!json) {
          if (outcome === EXIT.failed && !quiet) await showFailures(options, pipelineExecutionId);
          io.err(`${pipelineExecutionId}\n`);
        }
        if (outcome === EXIT.failed) await tellOfRollback(options, pipelineExecutionId);
        await untilOthersRest();
        return outcome;
      }
      if (outcome === 'left') {
        io.err(leftAsItIs(pipelineExecutionId));
        return EXIT.stopped;
      }
      const summary = await history.summary(pipelineExecutionId);
      const isStopping = summary?.status === 'Stopping';
      if (summary?.waitsForApproval && !isStopping) {
        if (!json) {
          const waiting = openApprovals(await history.events(pipelineExecutionId)).map((event) =>
            actionKey(event.stageName, event.actionName),
          );
          io.err(
            `${pipelineExecutionId} waits for the approval of ${waiting.join(', ')}. Give it in the window, or:\n` +
              `  penstock resume ${pipelineExecutionId} ${waiting.map((key) => `--approve ${key}`).join(' ')}\n`,
          );
        }
        return EXIT.waitsForApproval;
      }
      const waits = isStopping ? undefined : await personWaitedFor(options, pipelineExecutionId);
      if (waits !== undefined) {
        if (!json) io.err(`${pipelineExecutionId} waits.\n${waits}`);
        return EXIT.waitsForApproval;
      }
      if (!isStopping && (await tellOfWaiting(options, others.ids()))) return EXIT.waitsForApproval;
      // Only approvals are left, and whoever could give them wants to stop.
      if (summary?.waitsForApproval && !isAbandoned) stop(true);
      // Else it is about to end, or the disk takes no more facts and the engine tries again.
      await Promise.race([ended.promise, left.promise, next]);
    }
  } finally {
    over.abort();
    unsubscribe();
    offInterrupt();
    offTerminate();
  }
}

/** Says which of these executions wait for a person; false when none does. */
async function tellOfWaiting(options: FollowOptions, ids: readonly string[]): Promise<boolean> {
  let isOne = false;
  for (const id of ids) {
    const open = openApprovals(await options.history.events(id)).map((event) =>
      actionKey(event.stageName, event.actionName),
    );
    const waits =
      open.length > 0
        ? `  It wants the approval of ${open.join(', ')}: penstock resume ${id} ${open.map((key) => `--approve ${key}`).join(' ')}\n`
        : await personWaitedFor(options, id);
    if (waits === undefined) continue;
    isOne = true;
    if (!options.json) options.io.err(`${id}, which this run started, waits.\n${waits}`);
  }
  return isOne;
}

/** Why nothing goes on until a person does something elsewhere; undefined when it does. */
async function personWaitedFor({ history }: FollowOptions, pipelineExecutionId: string): Promise<string | undefined> {
  const state = replay(await history.events(pipelineExecutionId));
  const { waiting, position, pipelineName } = state;
  const [paused] = state.stages.flatMap(({ stageName, paused }) =>
    Object.keys(paused).map((actionName) => actionKey(stageName, actionName)),
  );
  if (isFinished(state) || (!waiting && !paused)) return undefined;
  const next = paused
    ? `Let it go on in the window, or: penstock continue ${pipelineExecutionId} ${paused}`
    : waiting?.reason === 'transition'
      ? `Enable the transition: penstock transition ${pipelineName} ${position.stageName} --enable, then penstock resume ${pipelineExecutionId}`
      : `Go on with it later: penstock resume ${pipelineExecutionId}`;
  return `${why(state)
    .map(({ text }) => `  ${text}\n`)
    .join('')}  ${next}\n`;
}

/** The rollback that answers a failure. */
async function tellOfRollback(
  { engine, history, io, json }: FollowOptions,
  pipelineExecutionId: string,
): Promise<void> {
  const { stages } = replay(await history.events(pipelineExecutionId));
  const rollback = stages.findLast((stage) => stage.rollback?.pipelineExecutionId)?.rollback?.pipelineExecutionId;
  if (rollback === undefined) return;
  if (!json) io.err(`Rolled back by execution ${rollback}.\n`);
  await engine.idle();
}

/** So much of the end of a failed action's log is shown. */
const TAIL_BYTES = 16 * 1024;
const TAIL_LINES = 15;

/** The last lines of each action that failed, and how to read the rest. */
async function showFailures({ engine, history, io }: FollowOptions, pipelineExecutionId: string): Promise<void> {
  const { stages } = replay(await history.events(pipelineExecutionId));
  for (const { key, actionExecutionId } of stages.flatMap(failedIn)) {
    const { text } = await engine.handlers.readLog({
      pipelineExecutionId,
      actionExecutionId,
      offset: -TAIL_BYTES,
      limit: TAIL_BYTES,
    });
    const lines = text.trimEnd().split('\n').slice(-TAIL_LINES);
    if (text.trim() !== '') io.err(`\nThe end of the log of ${key}:\n${lines.map((line) => `  | ${line}\n`).join('')}`);
    io.err(`All of it: penstock logs ${pipelineExecutionId} --action ${key}\n\n`);
  }
}

/** The actions and rules of a stage whose last attempt failed. */
const failedIn = ({ stageName, actions, conditions }: StageState) => [
  ...conditions
    .flatMap(({ rules }) => rules)
    .filter(({ status }) => status === 'Failed')
    .map(({ conditionType, ruleName, ruleExecutionId }) => ({
      key: ruleKey(stageName, conditionType, ruleName),
      actionExecutionId: ruleExecutionId,
    })),
  ...actions.flatMap((action) =>
    action?.status === 'Failed'
      ? [{ key: actionKey(stageName, action.actionName), actionExecutionId: action.actionExecutionId }]
      : [],
  ),
];

const leftAsItIs = (id: string) => `Left ${id} as it is; the window, or penstock resume ${id}, goes on with it.\n`;

/** Approvals that were asked for and neither answered nor ended. */
function openApprovals(events: readonly ExecutionEvent[]): (ExecutionEvent & { type: 'ApprovalRequested' })[] {
  const open = new Map<string, ExecutionEvent & { type: 'ApprovalRequested' }>();
  for (const event of events) {
    if (event.type === 'ApprovalRequested') open.set(event.actionExecutionId, event);
    else if (event.type === 'ApprovalAnswered' || event.type === 'ActionFinished') open.delete(event.actionExecutionId);
  }
  return [...open.values()];
}

/** Undefined when nobody answers. */
async function askYesOrNo(io: Io, what: string, more: string | undefined, signal: AbortSignal) {
  for (;;) {
    const answer = await io.ask(`${what}${more ? `: ${more}` : ''}\nApprove? [y/n] `, signal);
    if (answer === undefined) return undefined;
    if (isYes(answer)) return true;
    if (/^no?$/i.test(answer.trim())) return false;
  }
}

const CODES: Readonly<Record<string, number>> = { Succeeded: EXIT.succeeded, Stopped: EXIT.stopped };
