import { memo, useMemo } from 'react';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { isLit, useCanvas } from './canvasStore.ts';
import type { Pipe as DrawnPipe } from './nodes.ts';
import { splitPlace } from './operations/operation.ts';
import styles from './Pipe.module.css';

/** An artifact on its way. It is lit while the action that takes it runs, and when one of its ends is looked at. */
export const Pipe = memo(function Pipe({ pipe: { source, target, artifact, path } }: { pipe: DrawnPipe }) {
  const lit = useCanvas(isLit(source, target));
  const isSelected = useCanvas(({ pipe }) => pipe?.artifact === artifact && pipe.target === target);
  const viewOfTarget = useMemo(() => {
    const [stageName, actionName = ''] = splitPlace(target);
    return actionViewOf(stageName, actionName);
  }, [target]);
  const isFlowing = useExecution((state) => viewOfTarget(state).status === 'InProgress');
  return (
    <g
      className={styles.pipe}
      data-from={source}
      data-to={target}
      data-lit={lit || undefined}
      data-selected={isSelected || undefined}
      data-flowing={isFlowing || undefined}
    >
      <path className={styles.line} d={path} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pipe is reached by keyboard through its action's inputs */}
      <path
        className={`${styles.reach} nopan`}
        d={path}
        data-pipe={artifact}
        data-pipe-target={target}
        onClick={() => useCanvas.setState({ pipe: { artifact, target } })}
      >
        <title>{`${artifact}: ${source} to ${target}`}</title>
      </path>
    </g>
  );
});
