import { create } from 'zustand';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { showView } from '../state/uiStore.ts';
import { type LoadedSide, loadSide, type Side, sideKey } from './sides.ts';

export type SideName = 'before' | 'after';

/** The comparison that the view shows: what was chosen, and what could be read of it. */
export interface CompareState {
  chosen: Record<SideName, Side | null>;
  loaded: Record<SideName, LoadedSide | null>;
  problems: Record<SideName, Problem | null>;
  /** The changed place that is looked at. */
  selected: string;
}

export const useCompare = create<CompareState>()(() => ({
  chosen: { before: null, after: null },
  loaded: { before: null, after: null },
  problems: { before: null, after: null },
  selected: '',
}));

/** Chooses one side and reads it. An answer that comes after another choice is dropped. */
export async function choose(name: SideName, side: Side): Promise<void> {
  const put = <K extends 'chosen' | 'loaded' | 'problems'>(key: K, value: CompareState[K][SideName]) =>
    useCompare.setState((state) => ({ [key]: { ...state[key], [name]: value } }));
  put('chosen', side);
  put('problems', null);
  const isCurrent = () => {
    const { chosen } = useCompare.getState();
    return chosen[name] !== null && sideKey(chosen[name]) === sideKey(side);
  };
  try {
    const loaded = await loadSide(side);
    if (isCurrent()) put('loaded', loaded);
  } catch (error) {
    if (!isCurrent()) return;
    put('loaded', null);
    put('problems', toProblem('compare.read', error));
  }
}

export function swap(): void {
  useCompare.setState(({ chosen, loaded, problems }) => ({
    chosen: { before: chosen.after, after: chosen.before },
    loaded: { before: loaded.after, after: loaded.before },
    problems: { before: problems.after, after: problems.before },
    selected: '',
  }));
}

/**
 * Opens the view on the active document: the saved file against what is edited; nothing to choose where that differs. `live`:
 * against this pipeline in AWS instead.
 */
export function compareActive({ live = '' } = {}): void {
  const tab = activeTab(useDocuments.getState());
  if (!tab) return;
  const { documentId } = tab;
  useCompare.setState({ selected: '' });
  void choose('after', { kind: 'edited', documentId });
  void choose('before', live ? { kind: 'live', pipelineName: live } : { kind: 'saved', documentId });
  showView('compare');
}

/** Reads the sides again that stand in open tabs: they may have been edited since. */
export function refreshTabs(): void {
  const { chosen } = useCompare.getState();
  for (const name of ['before', 'after'] as const) {
    const side = chosen[name];
    if (side?.kind === 'edited' || side?.kind === 'saved') void choose(name, side);
  }
}
