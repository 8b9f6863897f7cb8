import { create } from 'zustand';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { strings } from '../strings/strings.ts';
import { canvas, say } from './canvasStore.ts';
import { go } from './keyboard.ts';

/** Finding on the canvas: what is looked for, and which find is shown. */
export interface FindState {
  isOpen: boolean;
  query: string;
  /** Index of the shown find among the found; -1 = none yet. */
  at: number;
}

export const useFind = create<FindState>()(() => ({ isOpen: false, query: '', at: -1 }));

/**
 * The places in which the words of `query` all occur, in reading order: a stage by its name; an action also by its provider, its
 * artifacts, its namespace and the values of its configuration.
 */
export function foundIn({ stages }: Pick<PipelineDeclaration, 'stages'>, query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (texts: readonly (string | undefined)[]) => {
    const text = texts.filter(Boolean).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return stages.flatMap((stage) => [
    ...(holds([stage.name]) ? [stage.name] : []),
    ...stage.actions.flatMap((action) => {
      const provider = findProvider(action.actionTypeId);
      const texts = [
        action.name,
        provider.label,
        strings.provided.text(provider.label),
        strings.provided.text(provider.shortLabel),
        action.actionTypeId.provider,
        action.actionTypeId.category,
        action.namespace,
        ...(action.inputArtifacts ?? []).map(({ name }) => name),
        ...(action.outputArtifacts ?? []).map(({ name }) => name),
        ...Object.values(action.configuration ?? {}),
        ...(action.commands ?? []),
      ];
      return holds(texts) ? [`${stage.name}/${action.name}`] : [];
    }),
  ]);
}

/** Shows the next (1) or previous (-1) find and says how many there are. */
export function findNext(step: 1 | -1): void {
  const { query, at } = useFind.getState();
  const found = foundIn(canvas().pipeline, query);
  if (found.length === 0) {
    useFind.setState({ at: -1 });
    if (query) say(strings.canvas.find.nothingFor(query));
    return;
  }
  const next = at < 0 ? (step === 1 ? 0 : found.length - 1) : (at + step + found.length) % found.length;
  useFind.setState({ at: next });
  go(found[next]);
  say(`${found[next]?.replace('/', ', ')}, ${strings.canvas.find.at(next + 1, found.length)}`);
}

export function closeFind(): void {
  useFind.setState({ isOpen: false, at: -1 });
}
