import { useMemo } from 'react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Change } from '../../shared/model/edits/change.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import { activeTab, edit, setSidecar, useDocuments } from '../state/documentStore.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/** The document that the inspector works on, and how it changes it. */
export interface Inspected {
  documentId: string;
  pipeline: PipelineDeclaration;
  sidecar: Sidecar;
  problems: readonly Problem[];
  selection: string;
  /** Carries a change out as one step; a refusal is told. Answers whether the document changed. */
  apply: (change: Change | { refused: string }) => boolean;
  applySidecar: (label: string, changed: (sidecar: Sidecar) => Sidecar) => void;
}

export function useInspected(): Inspected | undefined {
  const tab = useDocuments(activeTab);
  return useMemo(() => {
    if (!tab?.lastGood) return undefined;
    const { documentId } = tab;
    return {
      documentId,
      pipeline: tab.lastGood,
      sidecar: tab.sidecar,
      problems: tab.problems,
      selection: tab.selection,
      apply: (change) => {
        if ('refused' in change) {
          notify({ kind: 'warning', text: change.refused, detail: strings.inspector.refused });
          return false;
        }
        return edit(documentId, change.label, change.edits, change.selection, change.sidecar);
      },
      applySidecar: (label, changed) => setSidecar(documentId, label, changed),
    };
  }, [tab]);
}
