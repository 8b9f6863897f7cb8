import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { flow } from '../../shared/testing/flow.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { type Simulation, type SimulationOptions, simulate } from '../../shared/testing/simulate.ts';
import { conditionOf, withStages } from '../../shared/testing/withConditions.ts';
import { replaceTransport } from '../bridge.ts';
import { ExecutionsStrip } from '../executions/ExecutionsStrip.tsx';
import { ExecutionPage } from '../history/ExecutionPage.tsx';
import { adopt, useDocuments } from '../state/documentStore.ts';
import { applyPush, flushPushes, resetExecutions, setPlace, showExecution } from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { WhyTab } from './WhyTab.tsx';

/** Why every state is as it is stands where that state is shown: card, lane, strip, execution page and list of reasons. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'], D: ['Ship'] });
const run = (until: number, options: Partial<SimulationOptions> = {}): Simulation => {
  const at = simulate({ pipeline: plain, ...options });
  at.start('E1');
  at.clock.advanceTo(until);
  return at;
};
const gateFails: SimulationOptions['ruleOutcome'] = () => ({
  status: 'Failed',
  errorDetails: { code: 'JobFailed', message: 'The value differs.' },
});
const gated = (result: 'FAIL' | 'SKIP') =>
  withStages(plain, { B: { beforeEntry: { conditions: [conditionOf(result, 'Gate')] } } });

interface Case {
  name: string;
  make: () => Simulation;
  /** The execution that is shown, by default the only one. */
  id?: string;
  /** Place -> the sentence that it says. */
  says: Record<string, RegExp>;
}
const cases: Case[] = [
  {
    name: 'waiting for the execution that is inside',
    make: () => {
      const at = flow('SUPERSEDED', { E1: 0, E2: 1 });
      at.clock.advanceTo(3);
      return at;
    },
    id: 'E2',
    says: { B: /^Waits at the entrance of "B": execution E1 is inside\./ },
  },
  {
    name: 'waiting in the queue',
    make: () => {
      const at = flow('QUEUED', { E1: 0, E2: 1, E3: 2 });
      at.clock.advanceTo(4);
      return at;
    },
    id: 'E3',
    says: { B: /execution E2 came first\.$/ },
  },
  {
    name: 'waiting at a disabled transition',
    make: () => {
      const at = simulate({ pipeline: plain });
      at.closeTransition('B', 'freeze until Monday');
      at.start('E1');
      at.clock.advanceTo(3);
      return at;
    },
    says: { B: /the transition was disabled by spec \(freeze until Monday\)\.$/ },
  },
  {
    name: 'waiting for a rule',
    make: () => run(3, { pipeline: gated('FAIL'), ruleDuration: () => 1e9 }),
    says: { B: /the rule Gate .* is being evaluated/, 'B/Make': /^Waits for the beforeEntry condition\.$/ },
  },
  {
    name: 'waiting for an approval',
    make: () => run(5, { pipeline: pipelineOf({ S: ['Repo'], B: ['Approve', 'Make@2'] }) }),
    says: { 'B/Approve': /^Waits for an approval/, 'B/Make': /^Waits for Approve, which has a lower run order\.$/ },
  },
  {
    name: 'waiting for a slot of this machine',
    make: () => run(6, { pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'C'] }), slots: 1, duration: () => 5 }),
    says: { 'B/C': /for a free slot on this machine\.$/ },
  },
  {
    name: 'waiting for its turn in PARALLEL mode',
    make: () => {
      const names = ['A', 'C', 'D', 'E', 'F', 'G'];
      const pipeline = pipelineOf({ S: ['Repo'], B: names }, { executionMode: 'PARALLEL' });
      return run(6, { pipeline, duration: () => 5 });
    },
    says: { 'B/G': /in PARALLEL mode 5 actions of an execution run at once\.$/ },
  },
  {
    name: 'waiting at a breakpoint',
    make: () => {
      const at = simulate({ pipeline: plain });
      at.startWith('E1', { breakpoints: { 'B/Make': 'before' } });
      at.clock.advanceTo(5);
      return at;
    },
    says: { 'B/Make': /^Waits at a breakpoint before it starts/ },
  },
  {
    name: 'being stopped',
    make: () => {
      const at = run(6, { duration: () => 5 });
      at.stop('E1');
      return at;
    },
    says: { '': /^It is being stopped: spec \(waiting for B\/Make to end\)$/ },
  },
  {
    name: 'superseded',
    make: () => {
      const at = flow('SUPERSEDED', { E1: 0, E2: 2, E3: 3 });
      at.clock.runToEnd();
      return at;
    },
    id: 'E2',
    says: {
      '': /^Superseded while it waited at "B": execution E3/,
      B: /^Never entered: the execution was Superseded/,
      D: /^Not reached/,
    },
  },
  {
    name: 'skipped by a condition',
    make: () => run(100, { pipeline: gated('SKIP'), ruleOutcome: gateFails }),
    says: { B: /so the stage was skipped\. Rule Gate failed/, 'B/Make': /^Didn't run: the stage was skipped\.$/ },
  },
  {
    name: 'skipped at a breakpoint',
    make: () => {
      const at = simulate({ pipeline: plain });
      at.startWith('E1', { breakpoints: { 'B/Make': 'before' } });
      at.clock.runToEnd();
      at.continueAction('E1', { stageName: 'B', actionName: 'Make', skip: true });
      at.clock.runToEnd();
      return at;
    },
    says: { 'B/Make': /^Not run: a person skipped it at a breakpoint\.$/ },
  },
  {
    name: 'never started after a failure',
    make: () => run(100, { outcome: ({ actionName }) => (actionName === 'Make' ? { status: 'Failed' } : {}) }),
    says: { 'B/Pack': /^Never started: Make failed before it\.$/, D: /^Not reached: the execution ended in "B"/ },
  },
  {
    name: 'not run because another stage was begun with',
    make: () => {
      const at = run(100);
      at.clock.runToEnd();
      at.fork('E2', 'E1', { stageName: 'D' });
      at.clock.runToEnd();
      return at;
    },
    id: 'E2',
    says: { B: /^Not run: the execution began at "D"\.$/ },
  },
];

function open({ make, id = 'E1' }: Case): Simulation {
  const at = make();
  replaceTransport(fakeBridge());
  const pipeline = at.state(id).declaration;
  const document = { documentId: 'd', path: '/p/sketch.pipeline.json', name: 'sketch', format: 'json' as const };
  adopt({
    ...document,
    text: JSON.stringify({ pipeline }),
    sidecar: emptySidecar(),
    problems: [],
  });
  setPlace('d');
  act(() => {
    for (const { pipelineExecutionId } of at.executions()) applyPush(pipelineExecutionId, at.log(pipelineExecutionId));
    flushPushes();
    showExecution(id);
  });
  return at;
}
const place = (where: string) => document.querySelector<HTMLElement>(`[data-where="${where}"]`)!;

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  resetExecutions();
});
afterEach(cleanup);

describe.each(cases)('why it is so: $name', (one) => {
  const { id = 'E1', says } = one;

  it('is told on the cards and lanes, and beside them when they are selected', () => {
    open(one);
    render(
      <TooltipProvider>
        <ExecutionPage pipelineExecutionId={id} />
      </TooltipProvider>,
    );
    const facts = screen.getByRole('region', { name: 'Values at this instant' });
    for (const [where, sentence] of Object.entries(says)) {
      if (where !== '') {
        const card = place(where);
        const hovered = where.includes('/') ? card : card.querySelector('header')!;
        fireEvent.pointerEnter(hovered);
        expect(
          hovered.title
            .split('\n')
            .slice(1)
            .some((line) => sentence.test(line)),
          where,
        ).toBe(true);
        fireEvent.click(hovered);
      }
      expect(within(facts).getByText(sentence)).toBeTruthy();
    }
  });

  it('is told in the list of reasons, by place', () => {
    open(one);
    render(<WhyTab />);
    for (const [where, sentence] of Object.entries(says)) {
      const rows = screen.getAllByText(sentence).map((text) => text.closest('li')!.textContent);
      const named = where === '' ? 'The execution' : where.replace('/', ' / ');
      expect(rows.some((row) => row.startsWith(named))).toBe(true);
    }
  });
});

it.each(cases.filter(({ name }) => name.startsWith('waiting')))('the strip says why one is $name', (one) => {
  const { id = 'E1', says } = one;
  const at = open(one);
  // The strip is there for the executions beside the shown one.
  at.startWith('Later', {});
  act(() => {
    applyPush('Later', at.log('Later'));
    flushPushes();
    showExecution('Later');
  });
  render(<ExecutionsStrip />);
  const number = at.state(id).startNumber;
  const button = screen.getByText(String(number)).closest('button')!;
  fireEvent.focus(button);
  const sentences = Object.values(says);
  expect(button.title.split('\n').some((line) => sentences.some((sentence) => sentence.test(line)))).toBe(true);
  expect(button.title).toContain(id);
});
