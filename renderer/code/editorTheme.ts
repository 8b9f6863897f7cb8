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
  '.cm-underline-error': {
    textDecoration: 'underline wavy var(--failed)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-underline-warning': {
    textDecoration: 'underline wavy var(--waiting)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-faults': { width: '24px', textAlign: 'center' },
  '.cm-fault': { cursor: 'pointer', fontSize: '10px' },
  '.cm-fault-error': { color: 'var(--failed)' },
  '.cm-fault-warning': { color: 'var(--waiting)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--panel)',
    color: 'var(--text)',
    boxShadow: '0 4px 16px rgb(0 0 0 / 18%)',
    font: '13px var(--font)',
    overflow: 'hidden',
  },
  '.cm-hint': { maxWidth: '420px', padding: '8px 12px' },
  '.cm-hint p': { margin: '4px 0 0' },
  '.cm-hint p:first-child': { marginTop: 0 },
  '.cm-hint-error': { borderInlineStart: '3px solid var(--failed)', paddingInlineStart: '8px' },
  '.cm-hint-warning': { borderInlineStart: '3px solid var(--waiting)', paddingInlineStart: '8px' },
  '.cm-fix': {
    display: 'block',
    minHeight: '26px',
    margin: '6px 6px 0 0',
    padding: '2px 10px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    background: 'var(--panel)',
    color: 'var(--text)',
    font: 'inherit',
    fontSize: '12px',
    textAlign: 'start',
    cursor: 'pointer',
  },
  '.cm-fix:hover, .cm-fix:focus-visible': { backgroundColor: 'var(--hover)', borderColor: 'var(--brand)' },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '12.5px',
    padding: '4px',
    maxHeight: '236px',
    minWidth: '260px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '16px',
    justifyContent: 'space-between',
    alignItems: 'center',
    minHeight: '26px',
    padding: '0 8px',
    borderRadius: '4px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--brand-soft)',
    boxShadow: 'inset 2px 0 0 var(--brand)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': {
    margin: 0,
    color: 'var(--text-2)',
    font: '12px var(--font)',
    whiteSpace: 'nowrap',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', color: 'var(--text-2)', font: '12px var(--font)' },
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
