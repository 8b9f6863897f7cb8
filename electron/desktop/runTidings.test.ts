import { describe, expect, it } from 'vitest';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { runTidings } from './runTidings.ts';
import { desktopTexts } from './texts.ts';

function heard({ isInFront = false, language = 'en' as 'en' | 'de' } = {}) {
  const told: string[] = [];
  const shares: number[] = [];
  const hear = runTidings({
    isInFront: () => isInFront,
    tell: (title, body) => told.push(`${title}: ${body}`),
    progress: (share) => shares.push(share),
    texts: () => desktopTexts(language).tidings,
  });
  const tell = (id: string, ...happenings: object[]) =>
    hear(
      id,
      happenings.map((happening, seq) => ({ seq, at: 0, mono: 0, ...(happening as Happening) }) as ExecutionEvent),
    );
  return { told, shares, tell };
}
const started = (pipelineName: string) => ({
  type: 'ExecutionStarted',
  pipelineName,
  declaration: pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Pack', 'Test'] }),
});
const finished = { type: 'ActionFinished', status: 'Succeeded' };

describe('what is told of executions while nobody looks', () => {
  it('is that one waits for an approval, and how it ended', () => {
    const { told, tell } = heard();
    tell('a', started('shop'), { type: 'ApprovalRequested', actionName: 'Release' });
    tell('a', { type: 'ExecutionFinished', status: 'Failed' });
    expect(told).toEqual(['shop: Release waits for approval', 'shop: Failed']);
  });

  it('is in the language of the windows', () => {
    const { told, tell } = heard({ language: 'de' });
    tell('a', started('shop'), { type: 'ExecutionFinished', status: 'Succeeded' });
    expect(told).toEqual(['shop: Gelungen']);
  });

  it('is nothing while a window is in front, which tells it itself', () => {
    const { told, tell } = heard({ isInFront: true });
    tell('a', started('shop'), { type: 'ExecutionFinished', status: 'Succeeded' });
    expect(told).toEqual([]);
  });

  it('is nothing for an execution that ended before, as those of a history', () => {
    const { told, tell } = heard();
    tell('a', { type: 'ExecutionFinished', status: 'Succeeded' });
    expect(told).toEqual([]);
  });
});

describe('the progress on the task icon', () => {
  it('counts the finished actions of all executions, and goes with the last', () => {
    const { shares, tell } = heard();
    tell('a', started('shop'), finished);
    tell('b', started('site'));
    tell('a', finished, finished, finished, finished);
    tell('a', { type: 'ExecutionFinished', status: 'Succeeded' });
    tell('b', { type: 'ExecutionFinished', status: 'Stopped' });
    expect(shares).toEqual([0.25, 0.125, 0.5, 0, -1]);
  });
});
