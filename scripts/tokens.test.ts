import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';

/*
 * WCAG 2.2 contrast of every theme, computed from the tokens: AA (1.4.3: text 4.5, 1.4.11: shapes and controls 3), and AAA
 * (1.4.6: 7) where more contrast is asked for.
 */
const read = (name: string) => readFileSync(new URL(`../renderer/theme/${name}`, import.meta.url), 'utf8');
/** The tokens of the rule with this selector, by name. */
function rule(css: string, selector: string): Record<string, string> {
  const start = css.indexOf(`\n${selector} {`);
  if (start < 0) throw new Error(`There is no rule ${selector}.`);
  const body = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  );
}
const tokens = read('tokens.css');
const more = read('contrast.css');
const light = rule(tokens, ':root');
const dark = { ...light, ...rule(tokens, ':root[data-theme="dark"]') };
const themes = {
  light,
  dark,
  'light, more contrast': { ...light, ...rule(more, ':root[data-contrast="more"]') },
  'dark, more contrast': { ...dark, ...rule(more, ':root[data-theme="dark"][data-contrast="more"]') },
};

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['ground', 'panel', 'canvas', 'lane', 'raised', 'field', 'hover'];
const STATUSES = ['succeeded', 'in-progress', 'failed', 'waiting'];
const CATEGORIES = ['source', 'build', 'test', 'deploy', 'approval', 'compute', 'invoke'];
const on = (names: readonly string[], grounds: readonly string[]) =>
  names.flatMap((name) => grounds.map((ground) => [name, ground] as const));
const soft = (names: readonly string[]) => names.map((name) => [name, `${name}-soft`] as const);

const TEXT = [
  ...on(['text', 'text-2', 'text-3', 'brand', ...STATUSES], GROUNDS),
  ...on(['on-brand'], ['brand', 'brand-strong']),
  ...on(['text', 'text-2', 'brand', 'brand-strong'], ['brand-soft']),
  ...soft(STATUSES),
  ...on(
    ['text'],
    [...STATUSES, ...CATEGORIES].map((name) => `${name}-soft`),
  ),
];
const SHAPES = [
  ...on(['pipe', 'pipe-lit'], ['canvas', 'lane']),
  ...on(['line-control'], ['panel', 'field', 'ground', 'canvas', 'raised']),
  ...on(CATEGORIES, GROUNDS),
  ...soft(CATEGORIES),
];

describe.each(Object.entries(themes))('the %s theme', (name, theme) => {
  const isMore = name.includes('more');
  const below = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([text, ground]) => [`${text} on ${ground}`, contrast(theme[text]!, theme[ground]!)] as const)
      .filter(([, ratio]) => !(ratio >= least))
      .map(([pair, ratio]) => `${pair}: ${ratio.toFixed(2)}`);

  it(`has texts of ${isMore ? '7' : '4.5'}:1 on whatever they stand on`, () => {
    expect(below(TEXT, isMore ? 7 : 4.5)).toEqual([]);
  });
  it('has shapes, controls and pipes of 3:1', () => {
    expect(below(SHAPES, isMore ? 4.5 : 3)).toEqual([]);
  });
  if (isMore)
    it('has strong lines, and no tint that means something', () => {
      expect(below(on(['hairline', 'line-strong', 'line-control', 'pipe'], GROUNDS), 4.5)).toEqual([]);
      const tints = Object.entries(theme).filter(([token]) => token.endsWith('-soft'));
      expect(tints.filter(([, value]) => value !== theme.panel)).toEqual([]);
    });
});

test('more contrast and forced colours are told for every colour of the other themes', () => {
  const colours = Object.keys(light).toSorted();
  expect(Object.keys(rule(more, ':root[data-contrast="more"]')).toSorted()).toEqual(colours);
  expect(Object.keys(rule(more, ':root[data-theme="dark"][data-contrast="more"]')).toSorted()).toEqual(colours);
  const forced = more.slice(more.indexOf('@media (forced-colors: active)'));
  for (const colour of colours) expect(forced).toContain(`--${colour}: `);
});
