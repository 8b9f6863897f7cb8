import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { applyPush, flushPushes, resetExecutions, showExecution } from '../state/executionStore.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { canvas, select } from './canvasStore.ts';
import { viewGone, viewMoved } from './lightPipes.ts';
import { PipelineCanvas } from './PipelineCanvas.tsx';

// Each drawing of a card splits its name once, each drawing of a lane but the first draws one gate.
const drawn = vi.hoisted(() => ({ cards: [] as string[], lanes: [] as string[] }));
vi.mock('./cardText.ts', async (original) => {
  const actual = await original<typeof import('./cardText.ts')>();
  return {
    ...actual,
    splitName: (name: string) => {
      drawn.cards.push(name);
      return actual.splitName(name);
    },
  };
});
vi.mock('./Gate.tsx', () => ({
  Gate: ({ stageName }: { stageName: string }) => {
    drawn.lanes.push(stageName);
    return null;
  },
}));

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Approve: ['Approve'] });
const onSelect = () => {};
const forget = () => {
  drawn.cards.length = 0;
  drawn.lanes.length = 0;
};

let seq = 0;
const happens = (...happenings: Happening[]) =>
  act(() => {
    const events = happenings.map((happening) => {
      seq += 1;
      return { seq, at: 1_700_000_000_000 + seq, mono: seq, ...happening };
    });
    applyPush('execution', events);
    flushPushes();
  });
const starts = (actionName: string): Happening => ({
  type: 'ActionStarted',
  stageName: 'Build',
  actionName,
  actionExecutionId: actionName,
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  attempt: 1,
  fidelity: 'real',
  resolvedConfiguration: {},
  inputArtifacts: [],
});

beforeEach(async () => {
  seq = 0;
  resetExecutions();
  render(<PipelineCanvas pipeline={pipeline} documentId="document-1" selection="" onSelect={onSelect} />, {
    wrapper: TooltipProvider,
  });
  await screen.findAllByRole('article');
});
afterEach(cleanup);

describe('what is drawn again', () => {
  it('for the status of an action: its card and the header of its stage, each once', () => {
    happens(
      {
        type: 'ExecutionStarted',
        pipelineExecutionId: 'execution',
        pipelineName: 'sketch',
        pipelineVersion: 1,
        executionMode: 'SUPERSEDED',
        executionType: 'STANDARD',
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
        startNumber: 1,
        declaration: pipeline,
        variables: {},
        bindings: {},
      },
      { type: 'StageStarted', stageName: 'Build', attempt: 1 },
    );
    act(() => showExecution('execution'));
    forget();
    happens(starts('Lint'));
    expect(drawn).toEqual({ cards: ['Lint'], lanes: ['Build'] });
  });

  it('for a moved or scaled view: nothing', async () => {
    const before = new Set([...drawn.cards, ...drawn.lanes]);
    forget();
    await act(async () => {
      await canvas().flow?.setViewport({ x: 13, y: 31, zoom: 0.9 });
    });
    expect(canvas().flow?.getZoom()).toBe(0.9);
    // What comes into view is drawn for the first time.
    expect([...drawn.cards, ...drawn.lanes].filter((name) => before.has(name))).toEqual([]);
  });

  it('for the pointer on a card: nothing, though its pipes light up', () => {
    forget();
    const lit = () => [...document.querySelectorAll('[data-near]')].map((pipe) => pipe.getAttribute('data-to'));
    fireEvent.pointerEnter(screen.getByRole('article', { name: /^Repo, / }));
    expect(lit()).toContain('Build/Lint');
    fireEvent.pointerLeave(screen.getByRole('article', { name: /^Repo, / }));
    expect(lit()).toEqual([]);
    expect(drawn).toEqual({ cards: [], lanes: [] });
  });

  it('for cards that a moving view brings under the pointer: nothing, and no pipe lights up', () => {
    const lit = () => document.querySelectorAll('[data-near]').length;
    const repo = screen.getByRole('article', { name: /^Repo, / });
    viewMoved();
    fireEvent.pointerEnter(repo);
    expect(lit()).toBe(0);
    viewGone();
    fireEvent.pointerEnter(repo);
    expect(lit()).toBeGreaterThan(0);
  });

  it('for another selection: the two cards', () => {
    act(() => select('Build/Lint'));
    forget();
    act(() => select('Build/Package'));
    expect(drawn.cards.toSorted()).toEqual(['Lint', 'Package']);
    expect(drawn.lanes).toEqual([]);
  });
});
