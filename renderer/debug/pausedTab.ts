import { create } from 'zustand';

/** Counts how often somebody asked for the inspector's tab of a paused action; the inspector shows it at each change. */
export const usePausedTab = create<{ asked: number }>()(() => ({ asked: 0 }));
