import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { useCanvas } from './canvasStore.ts';
import { setPipeLayer } from './lightPipes.ts';
import type { Pipe } from './nodes.ts';
import { splitPlace } from './operations/operation.ts';
import styles from './PipeLayer.module.css';
import { useInView } from './useInView.ts';

/**
 * All pipes that can be seen, in one SVG between the lanes and the cards, an element each. The layer listens for all of them;
 * what the pointer is on is found by geometry (pipePointer.ts).
 */
export const PipeLayer = memo(function PipeLayer({ pipes }: { pipes: readonly Pipe[] }) {
  const drawn = useInView(pipes);
  const visible = useMemo(() => pipes.filter(({ id }) => drawn.has(id)), [pipes, drawn]);
  const selected = useCanvas((state) => state.selected);
  const selectedPipe = useCanvas((state) => state.pipe);
  const pointedPipe = useCanvas((state) => state.pointedPipe);
  const flowing = useExecution(useMemo(() => flowingAmong(visible), [visible])).split('\n');
  return (
    <ViewportPortal>
      <svg ref={setPipeLayer} className={styles.layer} aria-hidden="true">
        {visible.map((pipe) => (
          <DrawnPipe
            key={pipe.id}
            pipe={pipe}
            isLit={selected !== '' && (selected === pipe.source || selected === pipe.target)}
            isSelected={selectedPipe?.artifact === pipe.artifact && selectedPipe.target === pipe.target}
            isPointed={pointedPipe === pipe.id}
            isFlowing={flowing.includes(pipe.target)}
          />
        ))}
      </svg>
    </ViewportPortal>
  );
});

/** Selector: of the actions that the pipes lead to, those that run; one a line, so that the same ones are the same value. */
function flowingAmong(pipes: readonly Pipe[]) {
  const views = [...new Set(pipes.map(({ target }) => target))].map((target) => {
    const [stageName, actionName = ''] = splitPlace(target);
    return { target, viewOf: actionViewOf(stageName, actionName) };
  });
  return (state: Parameters<(typeof views)[number]['viewOf']>[0]): string =>
    state.state === undefined
      ? ''
      : views
          .filter(({ viewOf }) => viewOf(state).status === 'InProgress')
          .map(({ target }) => target)
          .join('\n');
}

/** An artifact on its way. It is lit while the action that takes it runs, and when one of its ends is looked at. */
const DrawnPipe = memo(function DrawnPipe({
  pipe: { source, target, path },
  isLit,
  isSelected,
  isPointed,
  isFlowing,
}: {
  pipe: Pipe;
  isLit: boolean;
  isSelected: boolean;
  isPointed: boolean;
  isFlowing: boolean;
}) {
  return (
    <path
      className={styles.pipe}
      d={path}
      data-from={source}
      data-to={target}
      data-lit={isLit || undefined}
      data-selected={isSelected || undefined}
      data-pointed={isPointed || undefined}
      data-flowing={isFlowing || undefined}
    />
  );
});
