import { canvas } from '../canvas/canvasStore.ts';
import {
  breakpointOf,
  continuePaused,
  forkFromInstant,
  isAction,
  pausedHere,
  reasonAgainstRunningFrom,
  runFrom,
  setBreakpoint,
} from '../debug/debugRun.ts';
import { runPipeline } from '../run/runPipeline.ts';
import { useRun } from '../run/runStore.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { isShownRunning, useExecution } from '../state/executionStore.ts';
import { openDialog, useUi } from '../state/uiStore.ts';
import { enableTransition, setOpenGate, stageStateOf, usePipelines } from '../transitions/pipelineStore.ts';
import { hasDocument, hasWholeDocument, withActive } from './fileCommands.ts';
import type { Command } from './registry.ts';

const selected = () => canvas().selected;
const stageOfSelection = () => selected().split('/', 1)[0] ?? '';
const isDesign = () => useUi.getState().view === 'design';

const mayBreak = (): true | string => {
  if (!isDesign()) return 'Breakpoints are set in the pipeline itself.';
  if (hasDocument() !== true) return hasDocument();
  return isAction(selected()) ? true : 'Select an action first.';
};
const whenRunnable = (): true | string => reasonAgainstRunningFrom(selected()) || true;
const whenPaused = (): true | string => (pausedHere() ? true : 'Nothing is paused here.');

/** The gate in front of the selected stage, as the pipeline has it. */
function gateHere(): { pipelineName: string; stageName: string; isEnabled: boolean } | undefined {
  const { pipeline } = canvas();
  const index = pipeline.stages.findIndex(({ name }) => name === stageOfSelection());
  if (index <= 0) return undefined;
  const { name: stageName } = pipeline.stages[index]!;
  const state = stageStateOf(pipeline.name, stageName)(usePipelines.getState());
  return { pipelineName: pipeline.name, stageName, isEnabled: state?.inboundTransitionState.enabled ?? true };
}
const whenGate = (isEnabled: boolean) => (): true | string => {
  if (!isDesign() || canvas().flow === null) return 'Show the canvas of the pipeline first.';
  const gate = gateHere();
  if (!gate) return 'Select a stage that has one before it.';
  if (gate.isEnabled === isEnabled) return true;
  return gate.isEnabled ? 'The transition is enabled.' : 'The transition is disabled already.';
};

export const debugCommands: readonly Command[] = [
  {
    id: 'run.another',
    title: 'Run another execution',
    group: 'Run',
    keys: ['Mod+F5'],
    inFields: true,
    when: () => {
      if (!isShownRunning(useExecution.getState())) return 'Nothing runs: use Run.';
      return useRun.getState().startingId === null ? hasWholeDocument() : 'It is starting.';
    },
    run: withActive((id) => void runPipeline(id)),
  },
  {
    id: 'run.breakBefore',
    title: 'Break before the action, or remove the breakpoint',
    group: 'Run',
    keys: ['F9'],
    when: mayBreak,
    run: withActive((id) => setBreakpoint(id, selected(), breakpointOf(selected()) ? undefined : 'before')),
  },
  {
    id: 'run.breakAfter',
    title: 'Break after the action',
    group: 'Run',
    keys: ['Shift+F9'],
    when: mayBreak,
    run: withActive((id) => setBreakpoint(id, selected(), breakpointOf(selected()) === 'after' ? undefined : 'after')),
  },
  {
    id: 'run.continue',
    title: 'Continue the paused action',
    group: 'Run',
    keys: ['F8'],
    when: whenPaused,
    run: () => {
      const paused = pausedHere();
      if (paused) void continuePaused(paused);
    },
  },
  {
    id: 'run.skip',
    title: 'Skip the paused action',
    group: 'Run',
    when: () => (pausedHere()?.pausedAt === 'before' ? true : 'No action is paused before it starts.'),
    run: () => {
      const paused = pausedHere();
      if (paused) void continuePaused(paused, { skip: true });
    },
  },
  {
    id: 'run.fromHere',
    title: 'Run from here',
    group: 'Run',
    keys: ['Mod+Shift+Enter'],
    when: whenRunnable,
    run: () => void runFrom(selected(), false),
  },
  {
    id: 'run.onlyThis',
    title: 'Run only this action',
    group: 'Run',
    when: whenRunnable,
    run: () => void runFrom(selected(), true),
  },
  {
    id: 'run.fork',
    title: 'Fork from this instant',
    group: 'Run',
    when: () => (useExecution.getState().at === 'live' ? 'Go to an instant of an execution first.' : true),
    run: () => void forkFromInstant(),
  },
  {
    id: 'run.rollBack',
    title: 'Roll the stage back…',
    group: 'Run',
    when: () => (stageOfSelection() ? true : 'Select a stage first.'),
    run: () => openDialog({ name: 'rollback', pipelineName: canvas().pipeline.name, stageName: stageOfSelection() }),
  },
  {
    id: 'run.disableTransition',
    title: 'Disable the transition into the stage…',
    group: 'Run',
    when: whenGate(true),
    run: () => {
      const gate = gateHere();
      // After the menu from which it came has given the focus back.
      if (gate) setTimeout(() => setOpenGate(gate.stageName));
    },
  },
  {
    id: 'run.enableTransition',
    title: 'Enable the transition into the stage',
    group: 'Run',
    when: whenGate(false),
    run: () => {
      const gate = gateHere();
      if (gate) void enableTransition(gate.pipelineName, gate.stageName);
    },
  },
  {
    id: 'pipeline.versions',
    title: 'Versions of the pipeline…',
    group: 'Pipeline',
    when: hasDocument,
    run: () => {
      const pipeline = activePipeline(useDocuments.getState());
      if (pipeline) openDialog({ name: 'versions', pipelineName: pipeline.name });
    },
  },
];
