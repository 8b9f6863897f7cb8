import type { DocumentEdit } from '../editDocument.ts';
import type { Sidecar } from '../sidecar.ts';

/**
 * What a change of the declaration means for the text: one label and the edits of one undo step. An edit that would change
 * nothing is left out, so that committing an untouched field makes no step.
 */
export interface Change {
  label: string;
  edits: DocumentEdit[];
  /** The selection after it, where the change renamed what is selected. */
  selection?: string;
  /** What the sidecar is afterwards, where it keeps something by a name that changed. */
  sidecar?: (sidecar: Sidecar) => Sidecar;
}

/** A change that makes no sense, with the reason for a person. */
export interface Refused {
  refused: string;
}
