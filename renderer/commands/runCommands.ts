import { runPipeline, stopExecution } from '../run/runPipeline.ts';
import { useRun } from '../run/runStore.ts';
import { useDocuments } from '../state/documentStore.ts';
import { isShownRunning, useExecution } from '../state/executionStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { activePath, armByCommand, triggerStateOf, useTriggers } from '../triggers/triggerStore.ts';
import { hasDocument, hasWholeDocument, withActive } from './fileCommands.ts';
import type { Command } from './registry.ts';

const isArmed = () => triggerStateOf(activePath(useDocuments.getState()))(useTriggers.getState())?.armed ?? false;
const isRunning = () => isShownRunning(useExecution.getState());

export const runCommands: readonly Command[] = [
  {
    id: 'run.start',
    title: 'Run on this machine',
    group: 'Run',
    keys: ['F5', 'Mod+Enter'],
    inFields: true,
    when: () => {
      if (isRunning()) return 'It is running already.';
      return useRun.getState().startingId === null ? hasWholeDocument() : 'It is starting.';
    },
    run: withActive((id) => void runPipeline(id)),
  },
  {
    id: 'run.withOptions',
    title: 'Run with other variables or revisions…',
    group: 'Run',
    when: () => (useRun.getState().startingId === null ? hasWholeDocument() : 'It is starting.'),
    run: withActive((id) => void runPipeline(id, { asks: true })),
  },
  {
    id: 'run.stop',
    title: 'Stop and wait for running actions',
    group: 'Run',
    keys: ['Shift+F5'],
    inFields: true,
    when: () => (isRunning() ? true : 'Nothing runs.'),
    run: () => {
      const { shownId } = useExecution.getState();
      if (shownId !== null) void stopExecution(shownId, false);
    },
  },
  {
    id: 'run.simulateEvent',
    title: 'Simulate a push, tag or pull request…',
    group: 'Run',
    when: hasDocument,
    run: () => openDialog({ name: 'simulateEvent' }),
  },
  {
    id: 'run.armTriggers',
    title: 'Arm triggers: start on real pushes',
    group: 'Run',
    when: () => (isArmed() ? 'They are armed already.' : hasDocument()),
    run: withActive((id) => void armByCommand(id, true)),
  },
  {
    id: 'run.disarmTriggers',
    title: 'Disarm triggers',
    group: 'Run',
    when: () => (isArmed() ? true : 'They are not armed.'),
    run: withActive((id) => void armByCommand(id, false)),
  },
  {
    id: 'run.push',
    title: 'Push to AWS…',
    group: 'Run',
    when: hasWholeDocument,
    run: () => openDialog({ name: 'push' }),
  },
];
