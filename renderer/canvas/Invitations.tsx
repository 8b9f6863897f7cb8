import { memo } from 'react';
import { strings } from '../strings/strings.ts';
import { PlusIcon } from '../ui/icons.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import { openAddMenu } from './addMenuPlace.ts';
import { useCanvas } from './canvasStore.ts';
import styles from './Invitations.module.css';
import { type GhostNode, type NodeProps, styleOf, type TailNode } from './nodes.ts';

const words = strings.canvas;

/** A stage that a new pipeline still lacks. */
export const GhostLane = memo(function GhostLane({ node }: NodeProps<GhostNode>) {
  const { name, insertAt } = node.data;
  const isEditable = useCanvas(({ documentId }) => documentId !== null);
  return (
    <div className={styles.ghost} style={styleOf(node)}>
      <ProviderGlyph category={name} size="large" />
      <strong>{name}</strong>
      <span>{words.invitation.hints[name]}</span>
      {isEditable && (
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.add} nopan`}
          onClick={(event) => openAddMenu(event.currentTarget, { kind: 'stage', index: insertAt, name })}
        >
          <PlusIcon size={14} aria-hidden="true" />
          {words.invitation.add[name]}
        </button>
      )}
    </div>
  );
});

/** Behind the last lane: one more stage. */
export const Tail = memo(function Tail({ node }: NodeProps<TailNode>) {
  const isEditable = useCanvas(({ documentId }) => documentId !== null);
  if (!isEditable) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${styles.tail} nopan`}
      style={styleOf(node)}
      aria-label={words.lane.addAtEnd}
      title={words.lane.addStage}
      onClick={(event) => openAddMenu(event.currentTarget, { kind: 'stage', index: node.data.index })}
    >
      <PlusIcon size={16} aria-hidden="true" />
    </button>
  );
});
