import { create } from 'zustand';

/** The stages that are folded to a narrow strip, by document. A matter of the view: it is not saved with the pipeline. */
export const useFolded = create<{ byDocument: Readonly<Record<string, ReadonlySet<string>>> }>()(() => ({
  byDocument: {},
}));

const none: ReadonlySet<string> = new Set();
export const foldedOf =
  (documentId: string | null) =>
  ({ byDocument }: { byDocument: Readonly<Record<string, ReadonlySet<string>>> }): ReadonlySet<string> =>
    (documentId !== null && byDocument[documentId]) || none;

function change(documentId: string, changed: (folded: Set<string>) => void): void {
  useFolded.setState(({ byDocument }) => {
    const folded = new Set(byDocument[documentId]);
    changed(folded);
    return { byDocument: { ...byDocument, [documentId]: folded } };
  });
}

export const toggleFold = (documentId: string, stageName: string): void =>
  change(documentId, (folded) => {
    if (!folded.delete(stageName)) folded.add(stageName);
  });

export const foldAll = (documentId: string, stageNames: readonly string[]): void =>
  change(documentId, (folded) => {
    const areAll = stageNames.every((name) => folded.has(name));
    folded.clear();
    if (!areAll) for (const name of stageNames) folded.add(name);
  });

/** Unfolds the stage of a place that is to be seen. Answers whether it was folded. */
export function unfold(documentId: string | null, where: string): boolean {
  const stageName = where.split('/')[0] ?? '';
  if (documentId === null || !foldedOf(documentId)(useFolded.getState()).has(stageName)) return false;
  change(documentId, (folded) => void folded.delete(stageName));
  return true;
}
