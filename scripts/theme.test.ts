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
  it('grows with the text size', () => {
    const grown = cloudscapeCss([{ name: 'font-size-heading-m', property: '--font-size-heading-m-x1', light: '18px' }]);
    expect(grown).toContain('--font-size-heading-m-x1: 1.125rem;');
    expect(generated).not.toMatch(/--(font-size|line-height)-[\w-]+: \d+px/);
  });
  it('covers most of what Cloudscape colours', () => {
    expect([...generated.matchAll(/^ {2}--color-/gm)].length).toBeGreaterThan(150);
  });
});
