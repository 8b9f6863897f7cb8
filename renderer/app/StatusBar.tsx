import { activeProblems, activeTab, useDocuments } from '../state/documentStore.ts';
import { runningCount, useExecution } from '../state/executionStore.ts';
import { openDialog, showBottom, useUi } from '../state/uiStore.ts';
import { activePath, triggerStateOf, useTriggers } from '../triggers/triggerStore.ts';
import { CloudIcon, InvokeIcon, SucceededIcon, WarningIcon } from '../ui/icons.ts';
import styles from './StatusBar.module.css';

/** One quiet line: the AWS profile, the engine, the document's problems. Each part leads to its place. */
export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <AwsState />
      <EngineState />
      <ArmedState />
      <HostState />
      <span className={styles.space} />
      <ProblemCount />
    </footer>
  );
}

function AwsState() {
  const aws = useUi((ui) => ui.settings?.aws);
  const parts = [aws?.profile, aws?.region, aws?.endpoint].filter(Boolean);
  return (
    <button
      type="button"
      className={styles.part}
      onClick={() => openDialog({ name: 'settings', page: 'engine' })}
      title="AWS profile and region"
    >
      <CloudIcon size={13} aria-hidden="true" />
      {parts.length > 0 ? parts.join(' · ') : 'AWS: default profile'}
    </button>
  );
}

function EngineState() {
  const running = useExecution(runningCount);
  const slots = useUi((ui) => ui.settings?.slots || ui.cores);
  return (
    <span className={styles.part}>
      Engine: {running === 0 ? 'idle' : running === 1 ? '1 execution runs' : `${running} executions run`}, {slots}{' '}
      {slots === 1 ? 'slot' : 'slots'}
    </span>
  );
}

/** Shown while pushes to a bound repository would start the active pipeline. */
function ArmedState() {
  const path = useDocuments(activePath);
  const state = useTriggers(triggerStateOf(path));
  if (!state?.armed) return null;
  return (
    <button
      type="button"
      className={styles.part}
      onClick={() => openDialog({ name: 'simulateEvent' })}
      title={state.last?.what ?? 'Pushes to the bound repositories start this pipeline.'}
    >
      <InvokeIcon size={13} aria-hidden="true" />
      Triggers armed
    </button>
  );
}

function HostState() {
  const isLost = useUi((ui) => ui.isHostLost);
  if (!isLost) return null;
  return (
    <span className={styles.lost} role="alert">
      The host no longer answers. Start Penstock again; your changes stay in this window, and runs go on.
    </span>
  );
}

function ProblemCount() {
  const problems = useDocuments(activeProblems);
  const hasTab = useDocuments((state) => activeTab(state) !== undefined);
  const isDesign = useUi((ui) => ui.view === 'design');
  if (!hasTab || !isDesign) return null;
  const Icon = problems.length === 0 ? SucceededIcon : WarningIcon;
  return (
    <button type="button" className={styles.part} onClick={() => showBottom('problems')}>
      <Icon size={13} aria-hidden="true" />
      {problems.length === 0 ? 'No problems' : problems.length === 1 ? '1 problem' : `${problems.length} problems`}
    </button>
  );
}
