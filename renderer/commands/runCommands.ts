import { runPipeline, stopExecution } from '../run/runPipeline.ts';
import { useRun } from '../run/runStore.ts';
import { useDocuments } from '../state/documentStore.ts';
import { isShownRunning, useExecution } from '../state/executionStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { activePath, armByCommand, triggerStateOf, useTriggers } from '../triggers/triggerStore.ts';
import type { Acts } from './act.ts';
import { hasDocument, hasWholeDocument, withActive } from './fileCommands.ts';

const isArmed = () => triggerStateOf(activePath(useDocuments.getState()))(useTriggers.getState())?.armed ?? false;
const isRunning = () => isShownRunning(useExecution.getState());

export const runCommands = {
  'run.start': {
    when: () => {
      if (isRunning()) return strings.commands.reasons.isRunning;
      return useRun.getState().startingId === null ? hasWholeDocument() : strings.commands.reasons.isStarting;
    },
    run: withActive((id) => void runPipeline(id)),
  },
  'run.withOptions': {
    when: () => (useRun.getState().startingId === null ? hasWholeDocument() : strings.commands.reasons.isStarting),
    run: withActive((id) => void runPipeline(id, { asks: true })),
  },
  'run.stop': {
    when: () => (isRunning() ? true : strings.commands.reasons.nothingRuns),
    run: () => {
      const { shownId } = useExecution.getState();
      if (shownId !== null) void stopExecution(shownId, false);
    },
  },
  'run.simulateEvent': {
    when: hasDocument,
    run: () => openDialog({ name: 'simulateEvent' }),
  },
  'run.armTriggers': {
    when: () => (isArmed() ? strings.commands.reasons.isArmed : hasDocument()),
    run: withActive((id) => void armByCommand(id, true)),
  },
  'run.disarmTriggers': {
    when: () => (isArmed() ? true : strings.commands.reasons.notArmed),
    run: withActive((id) => void armByCommand(id, false)),
  },
  'run.push': {
    when: hasWholeDocument,
    run: () => openDialog({ name: 'push' }),
  },
} as const satisfies Acts;
