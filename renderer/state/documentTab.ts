import type { OpenDocument } from '../../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type ParsedDocument, parseDocument } from '../../shared/model/documentText.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import { strings } from '../strings/strings.ts';
import { isSound } from './isSound.ts';
import { readableAfter } from './readable.ts';
import { applyPatch, inversePatch, patchBetween, type TextPatch } from './textPatch.ts';

/** One gesture: how the text, the sidecar and the selection stood before and after it. */
export interface UndoStep {
  /** What the user did, e.g. "Move Lint to Test". */
  label: string;
  patch?: TextPatch;
  sidecar?: { before: Sidecar; after: Sidecar };
  selectionBefore: string;
  selectionAfter: string;
  /** When it was done, or last added to; milliseconds since 1970. */
  at?: number;
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
  /** The text that `lastGood` was read from: while `text` cannot be read, what of it can. */
  goodText: string | undefined;
  /** What leads from there to `text` and cannot be read. */
  refused: readonly TextPatch[];
  /** Places of `lastGood` that are behind the text, because it cannot be read there: '' | 'Stage' | 'Stage/Action'. */
  stale: readonly string[];
  /** Faults of the text and of the declaration, in this order; validation follows an edit by a frame. */
  problems: readonly Problem[];
  /** The file is too large to be a pipeline: these are its first lines, to look at. */
  isPart: boolean;
  /** What the file holds since another program changed it, until the user has chosen. */
  onDisk?: string | undefined;
  /** It came back with edits that were not saved; until it is saved. */
  isRecovered?: boolean;
  /** Faults found while reading the file. */
  fileProblems: readonly Problem[];
  /** '' = the pipeline, 'Stage', 'Stage/Action'. */
  selection: string;
  undo: readonly UndoStep[];
  redo: readonly UndoStep[];
}

/** Steps kept for each document, and how many characters of text they may hold together. */
export const MOST_STEPS = 2000;
export const MOST_STEP_TEXT = 4 * 1024 * 1024;

const NONE: readonly string[] = [];

/** What is drawn of a text: all of it, or what could be read last with the places that are behind the text. */
function drawn(
  parsed: ParsedDocument,
  text: string,
  before?: DocumentTab,
): Pick<DocumentTab, 'lastGood' | 'goodText' | 'refused' | 'stale'> {
  if (isSound(parsed)) return { lastGood: parsed.pipeline, goodText: text, refused: [], stale: NONE };
  const edit = before && patchBetween(before.text, text);
  if (edit && before.lastGood && before.goodText !== undefined) {
    const good = { text: before.goodText, pipeline: before.lastGood, refused: before.refused };
    const { text: goodText, pipeline, ...behind } = readableAfter(good, before.format, before.text, edit);
    return { lastGood: pipeline, goodText, ...behind };
  }
  // Never readable since it was opened: nothing says which part can be trusted.
  const lastGood = before?.lastGood ?? (parsed.pipeline?.stages.length ? parsed.pipeline : undefined);
  const stages = lastGood?.stages ?? [];
  const stale = stages.flatMap(({ name, actions }) => [name, ...actions.map((action) => `${name}/${action.name}`)]);
  return { lastGood, goodText: undefined, refused: [], stale: ['', ...stale] };
}

/** The faults of the text, and of the declaration those in places that the text still has as they are. */
export const withLive = (
  { parsed, lastGood, stale }: Pick<DocumentTab, 'parsed' | 'lastGood' | 'stale'>,
  found: readonly Problem[],
): readonly Problem[] =>
  lastGood && (isSound(parsed) || lastGood !== parsed.pipeline)
    ? [...parsed.problems, ...found.filter(({ code, where }) => !code.startsWith('text.') && !stale.includes(where))]
    : parsed.problems;

/** What a tab is called: its file; one that has none yet, its pipeline. */
export const titleOf = ({ path, name, lastGood }: DocumentTab): string =>
  (path === '' ? lastGood?.name || name : name || lastGood?.name) || strings.state.untitled;

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
    ...drawn(parsed, document.text),
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
  const good = drawn(parsed, text, tab);
  return {
    ...tab,
    text,
    // Another text than the first lines: the file has become small enough to be read whole.
    isPart: false,
    parsed,
    ...good,
    problems: isSound(parsed) ? tab.problems : withLive({ parsed, ...good }, tab.problems),
    selection: existing(good.lastGood, selection),
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
  now = Date.now(),
): DocumentTab {
  const patch = change.text === undefined ? undefined : patchBetween(tab.text, change.text);
  const sidecarChanged = change.sidecar !== undefined && change.sidecar !== tab.sidecar;
  if (!patch && !sidecarChanged) return tab;
  const changed = withText(tab, change.text ?? tab.text, change.selection);
  const step: UndoStep = {
    label,
    selectionBefore: tab.selection,
    selectionAfter: changed.selection,
    at: now,
    ...(patch && { patch }),
    ...(sidecarChanged && change.sidecar && { sidecar: { before: tab.sidecar, after: change.sidecar } }),
  };
  return {
    ...changed,
    sidecar: change.sidecar ?? tab.sidecar,
    undo: bounded([...tab.undo, step]),
    redo: [],
  };
}

/** The tab after typing that left the cursor in a place; the step that was typed ends there. */
export function withCursor(tab: DocumentTab, where: string, before: DocumentTab['undo']): DocumentTab {
  const moved = withText(tab, tab.text, where);
  const step = tab.undo.at(-1);
  if (!step || step === before.at(-1) || tab.undo.length < before.length) return moved;
  return { ...moved, undo: [...tab.undo.slice(0, -1), { ...step, selectionAfter: moved.selection }] };
}

const sizeOf = ({ patch }: UndoStep): number => (patch ? patch.removed.length + patch.inserted.length : 0);

/** The newest steps that fit. The last one always stays: what was just done can be undone. */
function bounded(steps: readonly UndoStep[]): readonly UndoStep[] {
  let first = Math.max(0, steps.length - MOST_STEPS);
  let size = 0;
  for (let index = steps.length - 1; index >= first; index -= 1) {
    size += sizeOf(steps[index]!);
    if (size > MOST_STEP_TEXT && index < steps.length - 1) first = index + 1;
  }
  return first === 0 ? steps : steps.slice(first);
}

/** Goes back (or, after undoing, forward) until this many steps are done, as one change. */
export function withSteps(tab: DocumentTab, count: number): DocumentTab {
  if (count === tab.undo.length) return tab;
  const undone = [...tab.redo].reverse();
  const all = [...tab.undo, ...undone];
  const wanted = Math.max(0, Math.min(count, all.length));
  let { text, sidecar, selection } = tab;
  for (let index = tab.undo.length - 1; index >= wanted; index -= 1) {
    const { patch, sidecar: changed, selectionBefore } = all[index]!;
    if (patch) text = applyPatch(text, inversePatch(patch));
    if (changed) sidecar = changed.before;
    selection = selectionBefore;
  }
  for (let index = tab.undo.length; index < wanted; index += 1) {
    const { patch, sidecar: changed, selectionAfter } = all[index]!;
    if (patch) text = applyPatch(text, patch);
    if (changed) sidecar = changed.after;
    selection = selectionAfter;
  }
  return {
    ...withText(tab, text, selection),
    sidecar,
    undo: all.slice(0, wanted),
    redo: all.slice(wanted).reverse(),
  };
}

/**
 * The tab with other stages folded. A matter of the view: no step to undo and nothing to save by hand, so every sidecar that
 * the tab knows changes alike, and what was the same object before is so afterwards.
 */
export function withFolded(tab: DocumentTab, folded: readonly string[]): DocumentTab {
  const renewed = new Map<Sidecar, Sidecar>();
  const renew = (sidecar: Sidecar): Sidecar => {
    const known = renewed.get(sidecar);
    if (known) return known;
    const { folded: _, ...rest } = sidecar;
    const next: Sidecar = folded.length > 0 ? { ...rest, folded: [...folded] } : rest;
    renewed.set(sidecar, next);
    return next;
  };
  const step = (one: UndoStep): UndoStep =>
    one.sidecar ? { ...one, sidecar: { before: renew(one.sidecar.before), after: renew(one.sidecar.after) } } : one;
  return {
    ...tab,
    sidecar: renew(tab.sidecar),
    savedSidecar: renew(tab.savedSidecar),
    undo: tab.undo.map(step),
    redo: tab.redo.map(step),
  };
}

export const withUndo = (tab: DocumentTab): DocumentTab => withSteps(tab, tab.undo.length - 1);
export const withRedo = (tab: DocumentTab): DocumentTab => withSteps(tab, tab.undo.length + 1);

export const isDirty = (tab: DocumentTab): boolean => tab.text !== tab.savedText || tab.sidecar !== tab.savedSidecar;
