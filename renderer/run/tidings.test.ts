import { describe, expect, it } from 'vitest';
import type { ExecutionNote } from '../state/executionStore.ts';
import { tidings } from './RunAnnouncer.tsx';

const note = (status: ExecutionNote['status'], waitsForApproval = false): ExecutionNote => ({
  pipelineExecutionId: 'e1',
  pipelineName: 'shop',
  documentPath: '',
  status,
  waitsForApproval,
});

describe('what is told of executions', () => {
  it('is that one started, waits, and ended', () => {
    expect(tidings({}, { e1: note('InProgress') }).texts).toEqual(['shop started.']);
    expect(tidings({ e1: note('InProgress') }, { e1: note('InProgress', true) }).texts).toEqual([
      'shop waits for approval.',
    ]);
    const end = tidings({ e1: note('InProgress', true) }, { e1: note('Failed') });
    expect(end.texts).toEqual(['shop failed.']);
    expect(end.ended).toHaveLength(1);
  });

  it('is nothing for an old execution that was only opened', () => {
    expect(tidings({}, { e1: note('Succeeded') })).toEqual({ texts: [], ended: [] });
  });
});
