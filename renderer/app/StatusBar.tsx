import { activeProblems, activeTab, useDocuments } from '../state/documentStore.ts';
import { runningCount, useExecution } from '../state/executionStore.ts';
import { openDialog, showBottom, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
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
      title={strings.app.status.aws}
    >
      <CloudIcon size={13} aria-hidden="true" />
      {parts.length > 0 ? parts.join(' · ') : strings.app.status.awsDefault}
    </button>
  );
}

function EngineState() {
  const running = useExecution(runningCount);
  const slots = useUi((ui) => ui.settings?.slots || ui.cores);
  return <span className={styles.part}>{strings.app.status.engine(running, slots)}</span>;
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
      title={state.last?.what ?? strings.app.status.armedNote}
    >
      <InvokeIcon size={13} aria-hidden="true" />
      {strings.app.status.armed}
    </button>
  );
}

function HostState() {
  const isLost = useUi((ui) => ui.isHostLost);
  if (!isLost) return null;
  return (
    <span className={styles.lost} role="alert">
      {strings.app.status.hostLost}
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
      {strings.app.status.problems(problems.length)}
    </button>
  );
}
