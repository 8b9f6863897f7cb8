import { strings } from '../strings/strings.ts';
import { ActionInspector } from './ActionInspector.tsx';
import { actionPath } from './edits/actionEdits.ts';
import styles from './Inspector.module.css';
import { PipelineForm } from './PipelineForm.tsx';
import { StageForm } from './StageForm.tsx';
import { useInspected } from './useInspected.ts';

/**
 * The form of what is selected: the pipeline, a stage or an action. Its controls are native and small, so that the panel is
 * there at once and fits 300 px; the heavier kit is loaded with the dialogs. Every change is one step to undo.
 */
export function Inspector() {
  const inspected = useInspected();
  return (
    <section className={styles.inspector} aria-label={strings.inspector.title}>
      {inspected ? <Selected inspected={inspected} /> : <p className={styles.empty}>{strings.inspector.empty}</p>}
    </section>
  );
}

function Selected({ inspected }: { inspected: NonNullable<ReturnType<typeof useInspected>> }) {
  const { pipeline, selection } = inspected;
  const [stageName = '', actionName] = selection.split('/', 2);
  const stage = pipeline.stages.find(({ name }) => name === stageName);
  const action = stage?.actions.find(({ name }) => name === actionName);
  const path = action && actionPath(pipeline, stageName, action.name);
  // Keyed by the place: a form never carries a half-typed text from one action to the next.
  if (stage && action && path)
    return (
      <ActionInspector
        key={`${inspected.documentId}:${path.join('.')}`}
        inspected={inspected}
        stageName={stageName}
        action={action}
        path={path}
      />
    );
  if (stage) return <StageForm key={`${inspected.documentId}:${stage.name}`} inspected={inspected} stage={stage} />;
  return <PipelineForm key={inspected.documentId} inspected={inspected} />;
}
