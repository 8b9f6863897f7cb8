import { RangeSet, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, hoverTooltip } from '@codemirror/view';
import type { LineMark } from './textPlaces.ts';

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
    element.setAttribute('aria-label', `${this.severity}: ${this.text}`);
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

/** The selected place, problems in the gutter and under the text, and what they say when pointed at. */
export const marksAndProblems = [
  shown,
  problems,
  gutter({
    class: 'cm-faults',
    markers: (view) => view.state.field(shown).gutter,
    initialSpacer: () => new ProblemMarker('error', ''),
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
        for (const { mark } of found) {
          const line = document.createElement('p');
          line.className = `cm-hint-${mark.severity}`;
          line.textContent = mark.text;
          dom.append(line);
        }
        return { dom };
      },
    };
  }),
];
