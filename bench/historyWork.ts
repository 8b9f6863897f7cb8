import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHistory } from '../electron/history/createHistory.ts';
import { readJournal } from '../electron/history/journalFile.ts';
import { encodeRecord } from '../electron/history/journalRecord.ts';
import type { ExecutionEvent, Happening } from '../shared/execution/events.ts';
import { replay } from '../shared/execution/evolve.ts';
import { measure } from './measureWork.ts';

/*
 * What one process of the history benchmark does: `node historyWork MODE FOLDER COUNT`. MODE is write (makes a data directory
 * of COUNT finished executions without an index), long (the journal of one execution with COUNT events), list (the first page
 * of the history, as a host that starts shows it), read (an execution's journal from the disk) or replay (of COUNT events
 * that are in memory).
 */
const STAGES = 3;
const ACTIONS = 4;
const PAGE = 50;

const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const actionTypeId = { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' } as const;

function begun(pipelineExecutionId: string, startNumber: number, stages: number, actions: number): Happening {
  return {
    type: 'ExecutionStarted',
    pipelineExecutionId,
    pipelineName: `pipeline-${startNumber % 20}`,
    pipelineVersion: 1,
    executionMode: 'SUPERSEDED',
    executionType: 'STANDARD',
    trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'bench' },
    startNumber,
    declaration: {
      name: `pipeline-${startNumber % 20}`,
      roleArn: 'arn:aws:iam::111122223333:role/pipeline',
      pipelineType: 'V2',
      stages: Array.from({ length: stages }, (_, stage) => ({
        name: `Stage${stage}`,
        actions: Array.from({ length: actions }, (_, action) => ({
          name: `Action${action}`,
          actionTypeId,
          commands: ['true'],
        })),
      })),
    },
    variables: {},
    bindings: {},
  };
}

/** What one attempt of a stage leaves in the log. */
function stageAttempt(stage: number, actions: number, attempt: number): Happening[] {
  const stageName = `Stage${stage}`;
  const happenings: Happening[] = [{ type: 'StageStarted', stageName, attempt }];
  for (let action = 0; action < actions; action++) {
    const place = { stageName, actionName: `Action${action}`, actionExecutionId: `${stage}-${action}-${attempt}` };
    happenings.push(
      {
        ...place,
        type: 'ActionStarted',
        actionTypeId,
        attempt,
        fidelity: 'real',
        resolvedConfiguration: {},
        inputArtifacts: [],
      },
      { ...place, type: 'ActionProcessStarted', pid: 4000 + action, startTime: '123456' },
      { ...place, type: 'ActionFinished', status: 'Succeeded', outputArtifacts: [], outputVariables: {} },
    );
  }
  happenings.push({ type: 'StageFinished', stageName, status: 'Succeeded' });
  return happenings;
}

const framed = (happenings: readonly Happening[], at: number): ExecutionEvent[] =>
  happenings.map((happening, index) => ({ seq: index + 1, at: at + index, mono: index, ...happening }));

/** An execution from its start to its end. */
function finishedExecution(index: number): ExecutionEvent[] {
  const happenings = [begun(idOf(index), index + 1, STAGES, ACTIONS)];
  for (let stage = 0; stage < STAGES; stage++) {
    happenings.push({ type: 'StageEntranceReached', stageName: `Stage${stage}` }, ...stageAttempt(stage, ACTIONS, 1));
  }
  happenings.push({ type: 'ExecutionFinished', status: 'Succeeded' });
  return framed(happenings, 1_760_000_000_000 + index * 60_000);
}

/** One execution of ten stages with ten actions, each stage tried again and again until there are enough events. */
function longExecution(count: number): ExecutionEvent[] {
  const happenings = [begun(idOf(0), 1, 10, 10)];
  for (let attempt = 1; happenings.length < count; attempt++) {
    for (let stage = 0; stage < 10 && happenings.length < count; stage++) {
      happenings.push(...stageAttempt(stage, 10, attempt));
    }
  }
  return framed(happenings.slice(0, count), 1_760_000_000_000);
}

function writeJournal(dataDirectory: string, id: string, events: readonly ExecutionEvent[]): void {
  const folder = join(dataDirectory, 'executions', id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'journal.jsonl'), events.map(encodeRecord).join(''), { mode: 0o600 });
}

const [mode = '', folder = '', count = ''] = process.argv.slice(2);
const works: Record<string, () => Promise<unknown>> = {
  async write() {
    for (let index = 0; index < Number(count); index++) writeJournal(folder, idOf(index), finishedExecution(index));
  },
  async long() {
    writeJournal(folder, idOf(0), longExecution(Number(count)));
  },
  async list() {
    const history = createHistory({ dataDirectory: folder });
    const measured = await measure(async () => {
      const { executions, total } = await history.handlers.listPipelineExecutions({ limit: PAGE });
      if (executions.length !== Math.min(PAGE, Number(count)) || total !== Number(count)) {
        throw new Error(`${executions.length} of ${total} executions were listed, of ${count}.`);
      }
    });
    await history.close();
    return measured;
  },
  read: () =>
    measure(async () => {
      const { events, tail } = readJournal(join(folder, 'executions', idOf(0), 'journal.jsonl'));
      if (events.length !== Number(count) || tail.length > 0) throw new Error(`${events.length} events were read.`);
      return replay(events);
    }),
  replay() {
    const events = longExecution(Number(count));
    return measure(async () => {
      if (replay(events).lastSeq !== Number(count)) throw new Error('Not all events were replayed.');
    });
  },
};
process.stdout.write(JSON.stringify((await works[mode]?.()) ?? null));
