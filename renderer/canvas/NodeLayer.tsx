import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import cardStyles from './ActionCard.module.css';
import { ActionCard } from './ActionCard.tsx';
import { FoldedLane } from './FoldedLane.tsx';
import { GhostLane, Tail } from './Invitations.tsx';
import type { CanvasNode, CardNode, ColumnNode } from './nodes.ts';
import { StageLane } from './StageLane.tsx';
import { useInView } from './useInView.ts';

/** Lanes, cards and invitations: those that are in view and, while there is time, those that soon may be. */
export const NodeLayer = memo(function NodeLayer({ nodes }: { nodes: readonly CanvasNode[] }) {
  const shown = useInView(nodes);
  const cards = useMemo(() => {
    const byColumn = new Map<string, CardNode[]>();
    for (const node of nodes) {
      if (node.type !== 'action') continue;
      const known = byColumn.get(node.data.column);
      if (known) known.push(node);
      else byColumn.set(node.data.column, [node]);
    }
    return byColumn;
  }, [nodes]);
  return (
    <ViewportPortal>
      {nodes.map((node) => {
        if (node.type === 'action' || !shown.has(node.id)) return null;
        if (node.type !== 'column') return <DrawnNode key={node.id} node={node} />;
        return (
          <div
            key={node.id}
            className={cardStyles.column}
            // By a transform, unlike the rest: what stands in a space of its own is kept painted while others change.
            style={{
              transform: `translate(${node.x}px, ${node.y}px)`,
              height: node.height,
              gridTemplateRows: node.data.rows,
            }}
          >
            {cards.get(node.id)?.map((card) => shown.has(card.id) && <ActionCard key={card.id} node={card} />)}
          </div>
        );
      })}
    </ViewportPortal>
  );
});

function DrawnNode({ node }: { node: Exclude<CanvasNode, CardNode | ColumnNode> }) {
  switch (node.type) {
    case 'stage':
      return <StageLane node={node} />;
    case 'folded':
      return <FoldedLane node={node} />;
    case 'ghost':
      return <GhostLane node={node} />;
    case 'tail':
      return <Tail node={node} />;
    default:
      return node satisfies never;
  }
}
