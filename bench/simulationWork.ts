import { isFinished } from '../shared/execution/executionState.ts';
import { pipelineOf } from '../shared/testing/pipelineOf.ts';
import { simulate } from '../shared/testing/simulate.ts';
import { measure } from './measureWork.ts';

/*
 * `node simulationWork.mjs COUNT MODE`: a simulated year of COUNT executions, evenly spread; every tenth fails once in its deployment
 * and is retried. Time is in minutes. Prints what it took, as JSON.
 */
const MINUTES_OF_A_YEAR = 365 * 24 * 60;
const [count = 10_000, mode = 'QUEUED'] = [
  Number(process.argv[2]),
  process.argv[3] as 'QUEUED' | 'SUPERSEDED' | 'PARALLEL',
];

const pipeline = pipelineOf(
  { Source: ['Repo'], Build: ['Make', 'Lint', 'Pack@2'], Deploy: ['Ship'] },
  { executionMode: mode },
);
const durations: Record<string, number> = { Repo: 1, Make: 10, Lint: 3, Pack: 2, Ship: 15 };

const measured = await measure(async () => {
  const run = simulate({
    pipeline,
    duration: ({ actionName }) => durations[actionName] ?? 1,
    outcome: ({ actionName, attempt, pipelineExecutionId }) =>
      actionName === 'Ship' && attempt === 1 && pipelineExecutionId.endsWith('0') ? { status: 'Failed' } : {},
    forgets: true,
  });
  const every = MINUTES_OF_A_YEAR / count;
  for (let index = 0; index < count; index++) {
    const id = `E${index}`;
    run.clock.after(index * every, () => run.start(id));
    if (id.endsWith('0')) run.clock.after(index * every + 45, () => run.retry(id, 'Deploy'));
  }
  run.clock.runToEnd(100 * count);
  const ended = run.executions().filter((state) => isFinished(state) && state.status === 'Succeeded').length;
  if (ended !== count) throw new Error(`${ended} of ${count} executions succeeded.`);
});
process.stdout.write(JSON.stringify(measured));
