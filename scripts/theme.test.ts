import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { cloudscapeCss, ourToken } from '../renderer/theme/cloudscapeMapping.ts';

const read = (name: string) => readFileSync(new URL(`../renderer/theme/${name}`, import.meta.url), 'utf8');
const generated = read('cloudscape.generated.css');
const tokens = read('tokens.css');

test.each([
  ['color-background-button-primary-default', '#006ce0', '--brand'],
  ['color-text-button-primary-default', '#ffffff', '--on-brand'],
  ['color-background-container-content', '#ffffff', '--panel'],
  ['color-text-body-default', '#0f141a', '--text'],
  ['color-border-divider-default', '#c6c6cd', '--hairline'],
  ['color-charts-red-300', '#ea7158', undefined],
])('%s (%s) takes %s', (name, light, ours) => {
  expect(ourToken({ name, light })).toBe(ours);
});

describe('the generated style sheet', () => {
  it('is one rule that names only tokens which exist', () => {
    const css = cloudscapeCss([
      { name: 'color-text-body-default', property: '--color-text-body-default-x1', light: '#0f141a' },
    ]);
    expect(css).toContain('--color-text-body-default-x1: var(--text);');
    const named = new Set([...generated.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
    for (const name of named) expect(tokens).toContain(`${name}:`);
  });
  it('covers most of what Cloudscape colours', () => {
    expect([...generated.matchAll(/^ {2}--color-/gm)].length).toBeGreaterThan(150);
  });
});

describe('the tokens', () => {
  const value = (css: string, name: string) => new RegExp(`${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? '';
  const [light = '', dark = ''] = tokens.split(/:root\[data-theme=.dark.\]/);
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const themes = [
    ['light', light],
    ['dark', dark],
  ] as const;

  test.each(
    themes.flatMap(([theme, css]) =>
      ['--text', '--text-2', '--text-3', '--succeeded', '--failed', '--in-progress', '--waiting', '--brand'].map(
        (name) => ({ theme, css, name }),
      ),
    ),
  )('$name reads as text on panels and on the ground ($theme, 4.5:1)', ({ css, name }) => {
    expect(contrast(value(css, name), value(css, '--panel'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value(css, name), value(css, '--ground'))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(
    themes.flatMap(([theme, css]) =>
      ['source', 'build', 'test', 'deploy', 'approval', 'compute', 'invoke'].map((name) => ({ theme, css, name })),
    ),
  )('the $name glyph shows on its tint ($theme, 3:1)', ({ css, name }) => {
    expect(contrast(value(css, `--${name}`), value(css, `--${name}-soft`))).toBeGreaterThanOrEqual(3);
  });
  test.each(themes)('controls are outlined at 3:1 (%s)', (_, css) => {
    expect(contrast(value(css, '--line-control'), value(css, '--panel'))).toBeGreaterThanOrEqual(3);
  });
});
