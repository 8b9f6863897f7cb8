import type { OpenDocument } from '../../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type ParsedDocument, parseDocument } from '../../shared/model/documentText.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import { applyPatch, inversePatch, patchBetween, type TextPatch } from './textPatch.ts';

/** One gesture: how the text, the sidecar and the selection stood before and after it. */
export interface UndoStep {
  /** What the user did, e.g. "Move Lint to Test". */
  label: string;
  patch?: TextPatch;
  sidecar?: { before: Sidecar; after: Sidecar };
  selectionBefore: string;
  selectionAfter: string;
}

/** An open document: the file's text, what it means, and the way back. The canvas is derived from `lastGood`. */
export interface DocumentTab {
  documentId: string;
  /** Real path, '' for a document that was never saved. */
  path: string;
  name: string;
  format: 'json' | 'yaml';
  text: string;
  savedText: string;
  sidecar: Sidecar;
  savedSidecar: Sidecar;
  parsed: ParsedDocument;
  /** The newest declaration that could be read; the canvas never empties because of a slip in the text. */
  lastGood: PipelineDeclaration | undefined;
  /** Faults of the text and of the declaration, in this order; validation follows an edit by a frame. */
  problems: readonly Problem[];
  /** The file is too large to be a pipeline: these are its first lines, to look at. */
  isPart: boolean;
  /** Faults found while reading the file. */
  fileProblems: readonly Problem[];
  /** '' = the pipeline, 'Stage', 'Stage/Action'. */
  selection: string;
  undo: readonly UndoStep[];
  redo: readonly UndoStep[];
}

/** Steps kept for each document. */
export const MOST_STEPS = 2000;

/**
 * Can the text be read to its end? One that cannot may still give a part of a pipeline, which must not replace the whole one
 * that was there before the slip.
 */
export const isSound = ({ pipeline, problems }: ParsedDocument): boolean =>
  pipeline !== undefined && problems.every(({ code }) => code !== 'text.syntax');

function drawable(parsed: ParsedDocument, before?: PipelineDeclaration): PipelineDeclaration | undefined {
  if (isSound(parsed)) return parsed.pipeline;
  return before ?? (parsed.pipeline?.stages.length ? parsed.pipeline : undefined);
}

/** What a tab is called: its file; one that has none yet, its pipeline. */
export const titleOf = ({ path, name, lastGood }: DocumentTab): string =>
  (path === '' ? lastGood?.name || name : name || lastGood?.name) || 'Untitled';

export function tabOf(document: OpenDocument): DocumentTab {
  const isPart = document.isPart ?? false;
  const parsed = isPart
    ? { pipeline: undefined, root: [], problems: document.problems }
    : parseDocument(document.text, document.format);
  return {
    documentId: document.documentId,
    path: document.path,
    name: document.name,
    format: document.format,
    text: document.text,
    savedText: document.text,
    sidecar: document.sidecar,
    savedSidecar: document.sidecar,
    parsed,
    lastGood: drawable(parsed),
    problems: parsed.problems,
    isPart,
    fileProblems: document.problems,
    selection: '',
    undo: [],
    redo: [],
  };
}

/** The tab with another text. A selection whose place is gone falls back to its stage, then to the pipeline. */
export function withText(tab: DocumentTab, text: string, selection = tab.selection): DocumentTab {
  if (text === tab.text) return { ...tab, selection: existing(tab.lastGood, selection) };
  const parsed = parseDocument(text, tab.format);
  const lastGood = drawable(parsed, tab.lastGood);
  return {
    ...tab,
    text,
    // Another text than the first lines: the file has become small enough to be read whole.
    isPart: false,
    parsed,
    lastGood,
    problems: isSound(parsed) ? tab.problems : parsed.problems,
    selection: existing(lastGood, selection),
  };
}

/** `where` if the declaration has such a place, else the nearest place around it. */
export function existing(pipeline: PipelineDeclaration | undefined, where: string): string {
  const [stageName = '', actionName] = where.split('/', 2);
  const stage = pipeline?.stages.find(({ name }) => name === stageName);
  if (!stage) return '';
  if (actionName === undefined || stage.actions.some(({ name }) => name === actionName)) return where;
  return stageName;
}

/** Records a gesture; answers the same tab when it changed nothing. */
export function withStep(
  tab: DocumentTab,
  label: string,
  change: { text?: string; sidecar?: Sidecar; selection?: string },
): DocumentTab {
  const patch = change.text === undefined ? undefined : patchBetween(tab.text, change.text);
  const sidecarChanged = change.sidecar !== undefined && change.sidecar !== tab.sidecar;
  if (!patch && !sidecarChanged) return tab;
  const changed = withText(tab, change.text ?? tab.text, change.selection);
  const step: UndoStep = {
    label,
    selectionBefore: tab.selection,
    selectionAfter: changed.selection,
    ...(patch && { patch }),
    ...(sidecarChanged && change.sidecar && { sidecar: { before: tab.sidecar, after: change.sidecar } }),
  };
  return {
    ...changed,
    sidecar: change.sidecar ?? tab.sidecar,
    undo: [...tab.undo, step].slice(-MOST_STEPS),
    redo: [],
  };
}

export function withUndo(tab: DocumentTab): DocumentTab {
  const step = tab.undo.at(-1);
  if (!step) return tab;
  const text = step.patch ? applyPatch(tab.text, inversePatch(step.patch)) : tab.text;
  return {
    ...withText(tab, text, step.selectionBefore),
    sidecar: step.sidecar?.before ?? tab.sidecar,
    undo: tab.undo.slice(0, -1),
    redo: [...tab.redo, step],
  };
}

export function withRedo(tab: DocumentTab): DocumentTab {
  const step = tab.redo.at(-1);
  if (!step) return tab;
  const text = step.patch ? applyPatch(tab.text, step.patch) : tab.text;
  return {
    ...withText(tab, text, step.selectionAfter),
    sidecar: step.sidecar?.after ?? tab.sidecar,
    undo: [...tab.undo, step],
    redo: tab.redo.slice(0, -1),
  };
}

export const isDirty = (tab: DocumentTab): boolean => tab.text !== tab.savedText || tab.sidecar !== tab.savedSidecar;
