import { runOrderGroups } from '../../shared/model/declaration.ts';
import { go } from '../canvas/keyboard.ts';
import { activePipeline, activeSelection, setSelection, useDocuments } from '../state/documentStore.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './Outline.module.css';

/** The pipeline as a tree of words: pipeline, stages, run-order groups, actions. Follows the canvas and leads it. */
export function Outline() {
  const pipeline = useDocuments(activePipeline);
  const selection = useDocuments(activeSelection);
  if (!pipeline) return null;
  const choose = (where: string) => {
    setSelection(where);
    go(where || undefined);
  };
  const rows = pipeline.stages.map((stage, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while a pipeline is being written
    <li key={index}>
      <Row where={stage.name} label={stage.name} selection={selection} choose={choose} isStage />
      <ul>
        {runOrderGroups(stage).flatMap(({ runOrder, actions }, groupIndex) =>
          actions.map((action, actionIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={`${groupIndex}/${actionIndex}`}>
              <Row
                where={`${stage.name}/${action.name}`}
                label={action.name}
                category={action.actionTypeId.category}
                detail={groupIndex > 0 && actionIndex === 0 ? `run order ${runOrder}` : ''}
                selection={selection}
                choose={choose}
              />
            </li>
          )),
        )}
      </ul>
    </li>
  ));
  return (
    <nav className={styles.outline} aria-label="Outline">
      <h2 className={styles.title}>Outline</h2>
      <div className={styles.tree}>
        <Row where="" label={pipeline.name || 'Pipeline'} selection={selection} choose={choose} isStage />
        <ul>{rows}</ul>
      </div>
    </nav>
  );
}

function Row({
  where,
  label,
  category,
  detail,
  selection,
  choose,
  isStage = false,
}: {
  where: string;
  label: string;
  category?: string;
  detail?: string;
  selection: string;
  choose: (where: string) => void;
  isStage?: boolean;
}) {
  const isCurrent = selection === where;
  return (
    <button
      type="button"
      className={styles.row}
      data-stage={isStage || undefined}
      aria-current={isCurrent ? 'true' : undefined}
      title={label}
      onClick={() => choose(where)}
    >
      {category && <ProviderGlyph category={category} size="small" />}
      <span className={styles.label}>{label}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
    </button>
  );
}
