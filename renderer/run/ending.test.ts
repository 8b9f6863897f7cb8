import { describe, expect, it } from 'vitest';
import type { ExecutionState } from '../../shared/execution/executionState.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { type SimulationOptions, simulate } from '../../shared/testing/simulate.ts';
import { endOf } from './endOf.ts';
import { failureOf } from './failureOf.ts';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Compile'] });
const approval: PipelineDeclaration = {
  ...pipeline,
  stages: [
    pipeline.stages[0]!,
    {
      name: 'Review',
      actions: [
        { name: 'Release', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
      ],
    },
  ],
};

function play(options: Partial<SimulationOptions> = {}, meanwhile?: (run: ReturnType<typeof simulate>) => void) {
  const simulation = simulate({ pipeline, duration: () => 1000, ...options });
  simulation.start('e1');
  simulation.clock.advanceTo(1500);
  meanwhile?.(simulation);
  simulation.clock.advanceTo(60_000);
  return simulation.state('e1');
}
const withFidelity = (state: ExecutionState, ...simulated: string[]): ExecutionState => ({
  ...state,
  stages: state.stages.map((stage) => ({
    ...stage,
    actions: stage.actions.map(
      (action) => action && { ...action, fidelity: simulated.includes(action.actionName) ? 'simulated' : 'real' },
    ),
  })),
});

describe('how an execution ended', () => {
  it('is not told while it runs, and not for a failure, which has its own words', () => {
    expect(endOf(play({ duration: () => 600_000 }))).toBeUndefined();
    const failed = play({ outcome: () => ({ status: 'Failed' }) });
    expect([failed.status, endOf(failed)]).toEqual(['Failed', undefined]);
  });

  it('is a success with its time, and says how much of it was simulated', () => {
    const state = play();
    expect(endOf(withFidelity(state))).toMatchObject({ status: 'Succeeded', text: 'Succeeded in 2.0 s.', note: '' });
    expect(endOf(withFidelity(state, 'Compile'))?.note).toBe('1 of 2 actions was simulated.');
    expect(endOf(withFidelity(state, 'App', 'Compile'))?.note).toBe('Every action was simulated.');
  });

  it('says what a person skipped', () => {
    const simulation = simulate({ pipeline });
    simulation.startWith('e1', { breakpoints: { 'Build/Compile': 'before' } });
    simulation.clock.runToEnd();
    simulation.continueAction('e1', { stageName: 'Build', actionName: 'Compile', skip: true });
    simulation.clock.runToEnd();
    expect(endOf(withFidelity(simulation.state('e1')))?.note).toBe('1 action was skipped.');
  });

  it('is a stop, with the stage where it can be taken up again', () => {
    const state = play({}, (run) => run.stop('e1', true));
    expect(endOf(state)).toMatchObject({ status: 'Stopped', text: 'Stopped after 1.5 s.', stageName: 'Build' });
  });
});

describe('why an execution failed', () => {
  const because = (message: string) =>
    failureOf(play({ outcome: () => ({ status: 'Failed', errorDetails: { code: 'JobFailed', message } }) }))?.message;

  it('is the message of a build without what surrounds it', () => {
    expect(
      because(
        'Build terminated with state: FAILED. Phase: BUILD, code: COMMAND_EXECUTION_ERROR, message: Error while executing command: make. Reason: exit status 2',
      ),
    ).toBe('Error while executing command: make. Reason: exit status 2.');
  });

  it('is a whole sentence, so that what to do can follow it', () => {
    expect(because('The bucket is gone')).toBe('The bucket is gone.');
    expect(because('The bucket is gone.')).toBe('The bucket is gone.');
  });

  it('names who rejected an approval', () => {
    const state = play({ pipeline: approval }, (run) =>
      run.answer('e1', { stageName: 'Review', actionName: 'Release', status: 'Rejected' }),
    );
    const answer = state.stages[1]?.actions[0]?.approval?.answer;
    expect(failureOf(state)?.verb).toBe(`was rejected by ${answer?.answeredBy}`);
  });
});
