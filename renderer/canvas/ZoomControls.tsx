import { useStore } from '@xyflow/react';
import { keysOf } from '../commands/registry.ts';
import { strings } from '../strings/strings.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FitIcon, MinusIcon, PlusIcon } from '../ui/icons.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { showAll, zoomBy, zoomToLife } from './viewport.ts';
import styles from './ZoomControls.module.css';

const words = strings.canvas.zoom;

export function ZoomControls() {
  return (
    <fieldset className={styles.controls} aria-label={words.title}>
      <IconButton
        icon={MinusIcon}
        label={words.out}
        keys={keysOf('view.zoomOut')}
        side="top"
        onClick={() => zoomBy(1 / 1.25)}
      />
      <Tooltip text={words.reset} keys={keysOf('view.zoomReset')} side="top">
        <button type="button" className={styles.percent} onClick={zoomToLife}>
          <Percent />
        </button>
      </Tooltip>
      <IconButton
        icon={PlusIcon}
        label={words.in}
        keys={keysOf('view.zoomIn')}
        side="top"
        onClick={() => zoomBy(1.25)}
      />
      <IconButton icon={FitIcon} label={words.all} keys={keysOf('view.fit')} side="top" onClick={() => showAll()} />
    </fieldset>
  );
}

/** Alone, as it changes in every frame of a zoom. */
function Percent() {
  return <>{useStore(({ transform: [, , zoom] }) => Math.round(zoom * 100))} %</>;
}
