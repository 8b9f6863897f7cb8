import { type ReactFlowState, useStore, useStoreApi } from '@xyflow/react';
import { memo, useRef } from 'react';
import { strings } from '../strings/strings.ts';
import { useCanvas } from './canvasStore.ts';
import type { CanvasLayout } from './layout.ts';
import styles from './Minimap.module.css';

const WIDTH = 208;
const MOST_HEIGHT = 132;

/** The whole pipeline in small, and which part of it is seen. A press or drag on it moves the view; keys do the same by commands. */
export function Minimap() {
  const layout = useCanvas((state) => state.layout);
  const store = useStoreApi();
  const isDown = useRef(false);
  const width = Math.max(1, layout.width);
  const height = Math.max(1, layout.height);
  const scale = Math.min(WIDTH / width, MOST_HEIGHT / height);
  const goTo = (event: React.PointerEvent<SVGSVGElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const at = { x: (event.clientX - frame.left) / scale, y: (event.clientY - frame.top) / scale };
    const state = store.getState();
    const zoom = state.transform[2];
    void state.panZoom?.setViewport({ x: state.width / 2 - at.x * zoom, y: state.height / 2 - at.y * zoom, zoom });
  };
  return (
    <div className={styles.map}>
      <svg
        width={width * scale}
        height={height * scale}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={strings.canvas.minimap}
        onPointerDown={(event) => {
          isDown.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => isDown.current && goTo(event)}
        onPointerUp={() => {
          isDown.current = false;
        }}
        onPointerCancel={() => {
          isDown.current = false;
        }}
      >
        <Boxes layout={layout} />
        <Seen scale={scale} />
      </svg>
    </div>
  );
}

const Boxes = memo(function Boxes({ layout }: { layout: CanvasLayout }) {
  return (
    <>
      {layout.stages.map((box) => (
        <rect key={box.id} className={styles.lane} x={box.x} y={0} width={box.width} height={box.height} rx={10} />
      ))}
      {[...layout.cards.values()].map((box) => (
        <rect key={box.id} className={styles.card} x={box.x} y={box.y} width={box.width} height={box.height} rx={8} />
      ))}
    </>
  );
});

const seenOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): string =>
  [-x / zoom, -y / zoom, width / zoom, height / zoom].map(Math.round).join();

/** Alone, as it changes in every frame in which the view moves. */
function Seen({ scale }: { scale: number }) {
  const [x = 0, y = 0, width = 0, height = 0] = useStore(seenOf).split(',').map(Number);
  return <rect className={styles.seen} x={x} y={y} width={width} height={height} strokeWidth={2 / scale} />;
}
