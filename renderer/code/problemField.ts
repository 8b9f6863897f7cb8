import { EditorState, RangeSet, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  closeHoverTooltips,
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  hoverTooltip,
} from '@codemirror/view';
import type { Problem } from '../../shared/problem.ts';
import { strings } from '../strings/strings.ts';
import type { LineMark } from './textPlaces.ts';

/** What can be done about problems, for those who may change the text. */
export interface FixHands {
  /** The ways to mend a problem, best first. */
  of: (problem: Problem) => readonly { title: string; make: () => void }[];
  /** Lists what can be done about problems beside something. */
  offer: (problems: readonly Problem[], beside: DOMRect, returnTo: HTMLElement) => void;
}

/** Fixes shown where a problem is pointed at; the list of fixes has them all. */
const MOST_POINTED_AT = 3;

export interface Marks {
  /** What is selected in the window. */
  highlight: { from: number; to: number } | undefined;
  problems: readonly LineMark[];
}

export const setMarks = StateEffect.define<Marks>();

interface Shown {
  lines: DecorationSet;
  underlines: DecorationSet;
  gutter: RangeSet<GutterMarker>;
}

class ProblemMarker extends GutterMarker {
  readonly severity: LineMark['severity'];
  readonly text: string;
  constructor(severity: LineMark['severity'], text: string) {
    super();
    this.severity = severity;
    this.text = text;
  }
  override eq(other: ProblemMarker): boolean {
    return other.severity === this.severity && other.text === this.text;
  }
  override toDOM(): Node {
    const element = document.createElement('span');
    element.className = `cm-fault cm-fault-${this.severity}`;
    // Another shape as well as another colour.
    element.textContent = this.severity === 'error' ? '●' : '▲';
    element.title = this.text;
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', `${strings.code.severity[this.severity]}: ${this.text}`);
    return element;
  }
}

/** What is underlined: on its first line only, and at least one character where there is one. */
function underlined(
  doc: EditorView['state']['doc'],
  { offset, to }: LineMark,
): { from: number; to: number } | undefined {
  const line = doc.lineAt(Math.min(offset, doc.length));
  let from = Math.min(offset, line.to);
  const end = Math.min(Math.max(to, from + 1), line.to);
  if (from === end) from = Math.max(line.from, end - 1);
  return from < end ? { from, to: end } : undefined;
}

function shownOf(doc: EditorView['state']['doc'], { highlight, problems }: Marks): Shown {
  const lines = new RangeSetBuilder<Decoration>();
  if (highlight && highlight.to <= doc.length) {
    const last = doc.lineAt(highlight.to).number;
    for (let line = doc.lineAt(highlight.from).number; line <= last; line += 1) {
      const { from } = doc.line(line);
      lines.add(from, from, Decoration.line({ class: 'cm-place' }));
    }
  }
  const byLine = new Map<number, LineMark[]>();
  const ranges = problems.flatMap((mark) => {
    const { from } = doc.lineAt(Math.min(mark.offset, doc.length));
    byLine.set(from, [...(byLine.get(from) ?? []), mark]);
    const range = underlined(doc, mark);
    return range ? [Decoration.mark({ class: `cm-underline-${mark.severity}` }).range(range.from, range.to)] : [];
  });
  const markers = [...byLine].map(([from, marks]) => {
    const severity = marks.some((mark) => mark.severity === 'error') ? 'error' : 'warning';
    return new ProblemMarker(severity, marks.map(({ text }) => text).join('\n')).range(from);
  });
  return { lines: lines.finish(), underlines: Decoration.set(ranges, true), gutter: RangeSet.of(markers, true) };
}

const shown = StateField.define<Shown>({
  create: () => ({ lines: Decoration.none, underlines: Decoration.none, gutter: RangeSet.empty }),
  update(current, { effects, changes, state }) {
    for (const effect of effects) if (effect.is(setMarks)) return shownOf(state.doc, effect.value);
    if (changes.empty) return current;
    return {
      lines: current.lines.map(changes),
      underlines: current.underlines.map(changes),
      gutter: current.gutter.map(changes),
    };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    EditorView.decorations.from(field, ({ underlines }) => underlines),
  ],
});

const problems = StateField.define<readonly LineMark[]>({
  create: () => [],
  update(current, { effects }) {
    for (const effect of effects) if (effect.is(setMarks)) return effect.value.problems;
    return current;
  },
});

/** Problems that are marked at a line, in the order of its text. `at` is an offset in the line. */
export function problemsAtLine({ state }: EditorView, at: number): Problem[] {
  const { from, to } = state.doc.lineAt(at);
  return state
    .field(problems)
    .filter(({ offset }) => from <= offset && offset <= to)
    .sort((a, b) => a.offset - b.offset)
    .map(({ problem }) => problem);
}

/** Says the problems of a line to a screen reader when the cursor comes to it: their marks are there for the eye alone. */
const sayOnArrival = EditorState.transactionExtender.of((transaction) => {
  const { startState, newSelection, docChanged } = transaction;
  if (docChanged || !transaction.isUserEvent('select')) return null;
  const { doc } = startState;
  const line = doc.lineAt(newSelection.main.head);
  if (doc.lineAt(startState.selection.main.head).from === line.from) return null;
  const here = startState.field(problems).filter(({ offset }) => line.from <= offset && offset <= line.to);
  const texts = here.map(({ severity, text }) => `${strings.code.severity[severity]}: ${text}`);
  return texts.length > 0 ? { effects: EditorView.announce.of(texts.join(' ')) } : null;
});

/** The editor's place of an offset in the window; where it is scrolled away, that of the editor. */
export function rectAt(view: EditorView, offset: number): DOMRect {
  const at = view.coordsAtPos(offset);
  return at ? new DOMRect(at.left, at.top, 0, at.bottom - at.top) : view.dom.getBoundingClientRect();
}

function hint(view: EditorView, { severity, text, problem }: LineMark, fixes: FixHands | undefined): HTMLElement {
  const element = document.createElement('div');
  element.className = `cm-hint-${severity}`;
  element.append(Object.assign(document.createElement('p'), { textContent: text }));
  for (const { title, make } of fixes?.of(problem).slice(0, MOST_POINTED_AT) ?? []) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'cm-fix' });
    button.textContent = title;
    button.addEventListener('click', () => {
      view.dispatch({ effects: closeHoverTooltips });
      make();
      view.focus();
    });
    element.append(button);
  }
  return element;
}

/**
 * The selected place, problems in the gutter and under the text, and what they say when pointed at. A click on the gutter lists
 * what can be done about its line, as the keys do for the line of the cursor.
 */
export const marksAndProblems = (fixes: FixHands | undefined) => [
  shown,
  problems,
  sayOnArrival,
  gutter({
    class: 'cm-faults',
    markers: (view) => view.state.field(shown).gutter,
    initialSpacer: () => new ProblemMarker('error', ''),
    domEventHandlers: {
      mousedown: (view, { from }, event) => {
        const found = problemsAtLine(view, from);
        if (!fixes || found.length === 0) return false;
        // The focus stays where the list of fixes gives it back to.
        event.preventDefault();
        view.focus();
        fixes.offer(found, rectAt(view, from), view.contentDOM);
        return true;
      },
    },
  }),
  hoverTooltip((view, at) => {
    const { doc } = view.state;
    const found = view.state.field(problems).flatMap((mark) => {
      const range = underlined(doc, mark);
      return range && range.from <= at && at <= range.to ? [{ mark, range }] : [];
    });
    if (!found.length) return null;
    return {
      pos: found[0]!.range.from,
      end: found[0]!.range.to,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-hint';
        for (const { mark } of found) dom.append(hint(view, mark, fixes));
        return { dom };
      },
    };
  }),
];
