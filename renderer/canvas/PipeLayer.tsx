import { type ReactFlowState, useStore, ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { setPipeLayer } from './lightPipes.ts';
import type { Pipe as DrawnPipe } from './nodes.ts';
import { Pipe } from './Pipe.tsx';
import styles from './PipeLayer.module.css';

/** The view is watched in steps of this many flow pixels, so that most moves change nothing here. */
const STEP = 400;

/** The part of the canvas that is in view, widened to whole steps: 'left,top,right,bottom'. */
const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): string =>
  [
    Math.floor(-x / zoom / STEP) - 1,
    Math.floor(-y / zoom / STEP) - 1,
    Math.ceil((width - x) / zoom / STEP) + 1,
    Math.ceil((height - y) / zoom / STEP) + 1,
  ].join();

/** All pipes that can be seen, in one SVG between the lanes and the cards. */
export const PipeLayer = memo(function PipeLayer({ pipes }: { pipes: readonly DrawnPipe[] }) {
  const view = useStore(viewOf);
  const visible = useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = view.split(',').map((step) => Number(step) * STEP);
    return pipes.filter(
      ({ box }) => box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top,
    );
  }, [pipes, view]);
  return (
    <ViewportPortal>
      <svg ref={setPipeLayer} className={styles.layer} aria-hidden="true">
        {visible.map((pipe) => (
          <Pipe key={pipe.id} pipe={pipe} />
        ))}
      </svg>
    </ViewportPortal>
  );
});
