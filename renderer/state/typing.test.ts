import { expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { type DocumentTab, tabOf, withStep, withUndo } from './documentTab.ts';
import { withTyping } from './typing.ts';

const start = '{"pipeline": {"name": "a", "stages": []}}';
const opened = (): DocumentTab =>
  tabOf({ documentId: 'd', path: '/p', name: 'p', format: 'json', text: start, sidecar: emptySidecar(), problems: [] });
const named = (name: string) => start.replace('"a"', `"${name}"`);

it('a burst of typing is one step to undo', () => {
  let tab = opened();
  for (const [index, name] of ['ab', 'abc', 'abcd'].entries())
    tab = withTyping(tab, named(name), { now: 1000 + index * 300 });
  expect(tab.undo.map(({ label }) => label)).toEqual(['Edit text']);
  expect(withUndo(tab).text).toBe(start);
});

it.each([
  ['a rest', (tab: DocumentTab) => withTyping(tab, named('abc'), { now: 5000 })],
  ['a move of the cursor', (tab: DocumentTab) => withTyping(tab, named('abc'), { now: 1100, isApart: true })],
  [
    'another gesture',
    (tab: DocumentTab) =>
      withTyping(withStep(tab, 'Rename pipeline', { text: named('x') }, 1050), named('xy'), { now: 1100 }),
  ],
  ['saving', (tab: DocumentTab) => withTyping({ ...tab, savedText: tab.text }, named('abc'), { now: 1100 })],
])('%s begins another step', (_what, goOn) => {
  const first = withTyping(opened(), named('ab'), { now: 1000 });
  const tab = goOn(first);
  expect(tab.undo.length).toBeGreaterThan(1);
  expect(tab.undo.at(-1)?.label).toBe('Edit text');
});

it('what was typed and taken away again is no step', () => {
  const typed = withTyping(opened(), named('ab'), { now: 1000 });
  const tab = withTyping(typed, start, { now: 1100 });
  expect(tab.text).toBe(start);
  expect(tab.undo).toEqual([]);
});
