import { useStore } from '@xyflow/react';
import { client } from '../bridge.ts';
import { keysOf } from '../commands/registry.ts';
import { notifyFailure, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { applySettings } from '../theme/applyTheme.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FitIcon, HandIcon, MarqueeIcon, MinusIcon, PlusIcon } from '../ui/icons.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { groundPans } from './marquee.ts';
import { showAll, zoomBy, zoomToLife } from './viewport.ts';
import styles from './ZoomControls.module.css';

const words = strings.canvas.zoom;

/** What a drag on the empty canvas does; kept with the settings. */
async function setGroundDrag(groundDrag: 'select' | 'pan'): Promise<void> {
  try {
    applySettings(await client.updateSettings({ groundDrag }));
  } catch (error) {
    notifyFailure('settings.update', error);
  }
}

export function ZoomControls() {
  const pans = useUi(groundPans);
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
      <IconButton
        icon={pans ? HandIcon : MarqueeIcon}
        label={pans ? words.dragSelects : words.dragPans}
        side="top"
        onClick={() => void setGroundDrag(pans ? 'select' : 'pan')}
      />
      <IconButton icon={FitIcon} label={words.all} keys={keysOf('view.fit')} side="top" onClick={() => showAll()} />
    </fieldset>
  );
}

/** Alone, as it changes in every frame of a zoom. */
function Percent() {
  return <>{useStore(({ transform: [, , zoom] }) => Math.round(zoom * 100))} %</>;
}
