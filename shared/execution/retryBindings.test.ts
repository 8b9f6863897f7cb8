import { expect, it } from 'vitest';
import type { Sidecar } from '../model/sidecar.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { retry, start } from './commands.ts';
import type { ExecutionEvent, Happening } from './events.ts';
import { replay } from './evolve.ts';
import type { ExecutionState } from './executionState.ts';

const first: Sidecar['bindings'] = { 'Source/Repo': { kind: 'folder', path: '/wrong' } };
const second: Sidecar['bindings'] = { 'Source/Repo': { kind: 'folder', path: '/right' } };

const stateAfter = (happenings: readonly Happening[]): ExecutionState =>
  replay(
    happenings.map((happening, index): ExecutionEvent => ({ ...happening, seq: index + 1, at: index, mono: index })),
  );

const failed: Happening[] = [
  ...start({
    pipelineExecutionId: 'E1',
    declaration: pipelineOf({ Source: ['Repo'], Build: ['Make'] }),
    variables: {},
    bindings: first,
    documentPath: '',
    trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'ann' },
    startNumber: 1,
    unfinished: 0,
  }),
  { type: 'StageEntranceReached', stageName: 'Source' },
  { type: 'StageStarted', stageName: 'Source', attempt: 1 },
  { type: 'StageFinished', stageName: 'Source', status: 'Failed' },
  { type: 'ExecutionFinished', status: 'Failed' },
];
const request = { stageName: 'Source', retryMode: 'FAILED_ACTIONS' as const };

it('a retry with bindings replaces those of the execution from there on', () => {
  const before = stateAfter(failed);
  const after = stateAfter([...failed, ...retry(before, { ...request, bindings: second }, [])]);
  expect([before.bindings, after.bindings]).toEqual([first, second]);
});

it('a retry without bindings keeps them, and its fact has no member for them', () => {
  const happenings = retry(stateAfter(failed), request, []);
  expect(happenings[0]).not.toHaveProperty('bindings');
  expect(stateAfter([...failed, ...happenings]).bindings).toEqual(first);
});
