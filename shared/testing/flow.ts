import { isFinished } from '../execution/executionState.ts';
import type { ExecutionMode } from '../model/declaration.ts';
import { pipelineOf } from './pipelineOf.ts';
import { type Simulation, type StartAction, simulate } from './simulate.ts';

/** The pipeline of the worked timelines: S -> B -> D of one action each, with durations 1, 4 and 3. */
export function flow(
  executionMode: ExecutionMode,
  /** Execution -> time of its start. */
  starts: Readonly<Record<string, number>>,
  fails: (action: StartAction) => boolean = () => false,
): Simulation {
  const durations: Record<string, number> = { S: 1, B: 4, D: 3 };
  const run = simulate({
    pipeline: pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] }, { executionMode }),
    duration: ({ stageName }) => durations[stageName] ?? 0,
    outcome: (action) => (fails(action) ? { status: 'Failed' } : {}),
  });
  for (const [id, at] of Object.entries(starts)) run.clock.after(at, () => run.start(id));
  return run;
}

/** Where every execution stands: 'E1 in B', 'E2 waits at B', 'E3 Superseded'; joined by ', ' in the order of their starts. */
export const situationOf = (run: Simulation): string =>
  run
    .executions()
    .map((state) => {
      const { at, stageName } = state.position;
      if (isFinished(state)) return `${state.pipelineExecutionId} ${state.status}`;
      return `${state.pipelineExecutionId} ${at === 'entrance' ? 'waits at' : 'in'} ${stageName}`;
    })
    .join(', ');
