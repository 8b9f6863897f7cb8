import { ViewportPortal } from '@xyflow/react';
import type { Mark } from '../../shared/compare/comparison.ts';
import { useCanvas } from '../canvas/canvasStore.ts';
import { LANE } from '../canvas/layout.ts';
import styles from './CompareMarks.module.css';
import { mainMark, markText } from './markText.ts';

/** What became of each stage and action, around it and in words: never by colour alone. */
export function CompareMarks({ marks }: { marks: ReadonlyMap<string, readonly Mark[]> }) {
  const layout = useCanvas((state) => state.layout);
  const boxes = [
    ...layout.stages.map((box) => ({ ...box, where: box.name, isStage: true })),
    ...[...layout.cards.values()].map((box) => ({ ...box, isStage: false })),
  ];
  return (
    <ViewportPortal>
      {boxes.map(({ id, where, isStage, x, y, width, height }) => {
        const found = marks.get(where);
        const main = mainMark(found);
        if (!found || !main) return null;
        const reach = isStage ? 0 : 4;
        return (
          <div
            key={`${isStage ? 'stage' : 'action'} ${id}`}
            className={styles.mark}
            data-mark={main}
            data-stage={isStage || undefined}
            data-marked={where}
            style={{
              left: x - reach,
              top: y - reach,
              width: width + 2 * reach,
              height: (isStage ? Math.max(LANE.header, height) : height) + 2 * reach,
            }}
          >
            <span className={styles.words}>{markText(found)}</span>
          </div>
        );
      })}
    </ViewportPortal>
  );
}
