import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { literalTexts } from './literalTexts.ts';
import { root } from './root.ts';

/** Names of places and the like, the same in every language. */
const NEUTRAL_FILES = ['renderer/settings/regions.ts', 'renderer/hostSocket.ts'];
const NEUTRAL = /^(https?:|eu-west-1$|[\w.-]+\/[\w./-]*$)/;

const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.test\.tsx?$|\.d\.ts$|^renderer\/(strings|testing)\//.test(file));
const spelledOut = (file: string) =>
  NEUTRAL_FILES.includes(file)
    ? []
    : literalTexts(file, readFileSync(join(root, file), 'utf8')).filter(({ text }) => !NEUTRAL.test(text));

describe('what the window says', () => {
  it.each(sources)('comes from the catalogue in %s', (file) => {
    expect(spelledOut(file).map(({ text }) => text)).toEqual([]);
  });

  it.each([
    ['between tags', '<p>Saved</p>', ['Saved']],
    ['in an attribute', '<button title="Delete" className="is big" />', ['Delete']],
    ['in a member', `notify({ kind: "info", text: \`Saved \${name}.\` })`, ['Saved {}.']],
    ['in a choice', '<p aria-label={is ? "On" : off} />', ['On']],
    ['as a sentence', 'const a = ["Nothing to see here", "no-sentence", "ActionFinished"]', ['Nothing to see here']],
    ['for developers: not', 'throw new Error("The page has no root."); console.error("It was dropped here")', []],
    ['in a type: not', 'type A = "One of them" | { title: "Two" }', []],
  ])('is found %s', (_, source, texts) => {
    expect(literalTexts('a.tsx', source).map(({ text }) => text)).toEqual(texts);
  });
});
