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
import { strings } from '../strings/strings.ts';
import { enableTransition, setOpenGate, stageStateOf, usePipelines } from '../transitions/pipelineStore.ts';
import type { Acts } from './act.ts';
import { hasDocument, hasWholeDocument, withActive } from './fileCommands.ts';

const selected = () => canvas().selected;
const stageOfSelection = () => selected().split('/', 1)[0] ?? '';
const isDesign = () => useUi.getState().view === 'design';

const mayBreak = (): true | string => {
  if (!isDesign()) return strings.commands.reasons.breakInPipeline;
  if (hasDocument() !== true) return hasDocument();
  return isAction(selected()) ? true : strings.commands.reasons.selectAction;
};
const whenRunnable = (): true | string => reasonAgainstRunningFrom(selected()) || true;
const whenPaused = (): true | string => (pausedHere() ? true : strings.commands.reasons.nothingPaused);

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
  if (!isDesign() || canvas().flow === null) return strings.commands.reasons.showPipeline;
  const gate = gateHere();
  if (!gate) return strings.commands.reasons.stageBefore;
  if (gate.isEnabled === isEnabled) return true;
  return gate.isEnabled ? strings.commands.reasons.enabled : strings.commands.reasons.disabled;
};

export const debugCommands = {
  'run.another': {
    when: () => {
      if (!isShownRunning(useExecution.getState())) return strings.commands.reasons.useRun;
      return useRun.getState().startingId === null ? hasWholeDocument() : strings.commands.reasons.isStarting;
    },
    run: withActive((id) => void runPipeline(id)),
  },
  'run.breakBefore': {
    when: mayBreak,
    run: withActive((id) => setBreakpoint(id, selected(), breakpointOf(selected()) ? undefined : 'before')),
  },
  'run.breakAfter': {
    when: mayBreak,
    run: withActive((id) => setBreakpoint(id, selected(), breakpointOf(selected()) === 'after' ? undefined : 'after')),
  },
  'run.continue': {
    when: whenPaused,
    run: () => {
      const paused = pausedHere();
      if (paused) void continuePaused(paused);
    },
  },
  'run.skip': {
    when: () => (pausedHere()?.pausedAt === 'before' ? true : strings.commands.reasons.notPausedBefore),
    run: () => {
      const paused = pausedHere();
      if (paused) void continuePaused(paused, { skip: true });
    },
  },
  'run.fromHere': {
    when: whenRunnable,
    run: () => void runFrom(selected(), false),
  },
  'run.onlyThis': {
    when: whenRunnable,
    run: () => void runFrom(selected(), true),
  },
  'run.fork': {
    when: () => (useExecution.getState().at === 'live' ? strings.commands.reasons.toInstant : true),
    run: () => void forkFromInstant(),
  },
  'run.rollBack': {
    when: () => (stageOfSelection() ? true : strings.commands.reasons.selectStage),
    run: () => openDialog({ name: 'rollback', pipelineName: canvas().pipeline.name, stageName: stageOfSelection() }),
  },
  'run.disableTransition': {
    when: whenGate(true),
    run: () => {
      const gate = gateHere();
      // After the menu from which it came has given the focus back.
      if (gate) setTimeout(() => setOpenGate(gate.stageName));
    },
  },
  'run.enableTransition': {
    when: whenGate(false),
    run: () => {
      const gate = gateHere();
      if (gate) void enableTransition(gate.pipelineName, gate.stageName);
    },
  },
  'pipeline.versions': {
    when: hasDocument,
    run: () => {
      const pipeline = activePipeline(useDocuments.getState());
      if (pipeline) openDialog({ name: 'versions', pipelineName: pipeline.name });
    },
  },
} as const satisfies Acts;
