import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** CodeMirror's default colours, each by what it is used for, as tokens of ours that follow the theme. */
const COLOURS: Record<string, string> = {
  '#404740': 'var(--text-2)',
  '#708': 'var(--test)',
  '#219': 'var(--test)',
  '#164': 'var(--build)',
  '#a11': 'var(--brand)',
  '#e40': 'var(--waiting)',
  '#00f': 'var(--in-progress)',
  '#30a': 'var(--in-progress)',
  '#085': 'var(--deploy)',
  '#167': 'var(--deploy)',
  '#256': 'var(--compute)',
  '#00c': 'var(--in-progress)',
  '#940': 'var(--text-3)',
  '#f00': 'var(--failed)',
};

const highlighting = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({
    ...spec,
    ...(typeof spec.color === 'string' && { color: COLOURS[spec.color] ?? 'var(--text)' }),
  })),
);

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '12.5px' },
  '&.cm-focused': { outline: '2px solid var(--brand)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontVariantLigatures: 'none', lineHeight: '1.55' },
  '.cm-gutters': {
    backgroundColor: 'var(--panel)',
    color: 'var(--text-3)',
    borderInlineEnd: '1px solid var(--hairline)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--hover)',
    border: '1px solid var(--line-strong)',
    color: 'var(--text-2)',
  },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--brand-soft)',
  },
  '.cm-cursor': { borderInlineStartColor: 'var(--text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--hover)' },
  '.cm-place': { backgroundColor: 'var(--brand-soft)' },
  '.cm-problem-error': { boxShadow: 'inset 3px 0 0 var(--failed)', backgroundColor: 'var(--failed-soft)' },
  '.cm-problem-warning': { boxShadow: 'inset 3px 0 0 var(--waiting)', backgroundColor: 'var(--waiting-soft)' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)', borderColor: 'var(--hairline)' },
  '.cm-panel.cm-search': { padding: '8px 12px', font: '13px var(--font)' },
  '.cm-textfield': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--field)',
    color: 'var(--text)',
    padding: '4px 8px',
    fontSize: '13px',
  },
  '.cm-button': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    background: 'var(--panel)',
    color: 'var(--text)',
    padding: '4px 10px',
    fontSize: '12px',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--waiting-soft)', outline: '1px solid var(--waiting)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--brand-soft)', outline: '1px solid var(--brand)' },
});

export const editorTheme: Extension = [theme, syntaxHighlighting(highlighting)];
