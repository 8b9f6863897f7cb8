import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect } from 'react';
import type { Provider } from '../../shared/providers/provider.ts';
import { canvas } from './canvasStore.ts';
import { begin, cancel, drop, moveTo } from './gestures.ts';

const providerOf = (data: Record<string | symbol, unknown>) => data.provider as Provider | undefined;

/** Takes action types that are dragged from the palette. The browser reports the pointer; the slots are those of every drag. */
export function PaletteTarget() {
  useEffect(() => {
    const pane = document.querySelector<HTMLElement>('[data-canvas]');
    if (!pane) return;
    const at = (location: { current: { input: { clientX: number; clientY: number } } }) => ({
      x: location.current.input.clientX,
      y: location.current.input.clientY,
    });
    return combine(
      dropTargetForElements({
        element: pane,
        canDrop: ({ source }) => providerOf(source.data) !== undefined && canvas().documentId !== null,
      }),
      monitorForElements({
        canMonitor: ({ source }) => providerOf(source.data) !== undefined && canvas().documentId !== null,
        onDragStart: ({ source }) => begin({ kind: 'add', provider: providerOf(source.data)! }),
        onDrag: ({ location }) => moveTo(at(location)),
        onDrop: ({ location }) => {
          // Escape and a release elsewhere both end without a target.
          if (location.current.dropTargets.length === 0) return cancel();
          moveTo(at(location));
          drop();
        },
      }),
    );
  }, []);
  return null;
}
