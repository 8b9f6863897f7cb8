import { useLayoutEffect, useState } from 'react';
import { useUi } from '../state/uiStore.ts';

export interface NoticePlace {
  left: number;
  bottom: number;
  width: number;
}

/** Pixels between a notice and the edges of what it stands in. */
const MARGIN = 12;
const WIDEST = 380;
/** The zoom controls stand in the other corner. */
const OTHER_CORNER = 170;

/** In the lower left of this box: beside the palette, above the log, and not over the zoom controls. */
export function noticePlace(box: { left: number; bottom: number; width: number }, windowHeight: number): NoticePlace {
  return {
    left: box.left + MARGIN,
    bottom: windowHeight - box.bottom + MARGIN,
    width: Math.max(240, Math.min(WIDEST, box.width - MARGIN - OTHER_CORNER)),
  };
}

/**
 * Where notices stand while a pipeline is edited: on the canvas (or the text), so that they cover no button of the panels.
 * Undefined in the other views.
 */
export function useNoticePlace(isNeeded: boolean): NoticePlace | undefined {
  const [place, setPlace] = useState<NoticePlace>();
  const view = useUi((ui) => ui.view);
  const mode = useUi((ui) => ui.editorMode);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has another element, or none.
  useLayoutEffect(() => {
    const element = isNeeded ? document.querySelector('[data-notices]') : null;
    if (!element) {
      setPlace(undefined);
      return;
    }
    const measure = () => setPlace(noticePlace(element.getBoundingClientRect(), window.innerHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, [isNeeded, view, mode]);
  return place;
}
