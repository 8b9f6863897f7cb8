import { useUi } from '../state/uiStore.ts';

export const LESS_MOTION = '(prefers-reduced-motion: reduce)';

/** Whether things stay where they are instead of moving there: as the settings say, else the system. */
export const isStill = (): boolean => useUi.getState().settings?.motion === 'reduce' || matchMedia(LESS_MOTION).matches;
