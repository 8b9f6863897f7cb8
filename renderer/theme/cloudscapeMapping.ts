/**
 * How Cloudscape's colours become ours. Its design tokens are CSS custom properties with a light and a dark value; each is
 * assigned here to one of our tokens, by what it is for and by the value it has in Cloudscape's light theme. One rule on
 * <body> then serves both themes, because our tokens change with the theme themselves.
 */
export interface CloudscapeToken {
  /** 'color-background-input-default' */
  name: string;
  /** '--color-background-input-default-abc123' */
  property: string;
  /** Value in the light theme. */
  light: string;
}

/** Names that their value alone would put wrong; the first match counts. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/^color-text-(button-primary|segment-active|calendar-date-selected)/, '--on-brand'],
  [/^color-foreground-control-default$/, '--on-brand'],
  [/^color-background-input-default$/, '--field'],
  [/^color-background-(dropdown-item-default|popover|dialog)$/, '--raised'],
  [/^color-background-(dropdown-item-hover|button-normal-hover|button-link-hover)$/, '--hover'],
  [/^color-border-input-default$/, '--line-strong'],
  [/^color-border-(popover|dropdown-container)$/, '--line-strong'],
  [/^color-border-segment/, '--line-strong'],
  [/^color-background-segment-default$/, '--panel'],
  [/^color-background-toggle-default$/, '--line-control'],
  [/^color-background-backdrop$/, '--backdrop'],
  [/^color-border-button-normal-(default|hover|active)$/, '--line-strong'],
  [/^color-text-button-(normal|link)-default$/, '--text'],
  [/^color-text-button-(normal|link)-(hover|active)$/, '--brand-strong'],
  [/^color-background-status-success$/, '--succeeded-soft'],
  [/^color-background-status-error$/, '--failed-soft'],
  [/^color-background-status-info$/, '--in-progress-soft'],
  [/^color-background-status-warning$/, '--waiting-soft'],
  [/status-success$/, '--succeeded'],
  [/status-error$/, '--failed'],
  [/status-info$/, '--in-progress'],
  [/status-warning$/, '--waiting'],
  [/(gen-ai|avatar|chat-bubble|home-header|flashbar|notification|badge|severity|layout-toggle|code-view|shadow)/, ''],
];

const byLight: Readonly<Record<'background' | 'border' | 'text' | 'other', Readonly<Record<string, string>>>> = {
  background: {
    '#ffffff': '--panel',
    '#f6f6f9': '--ground',
    '#f3f3f7': '--hover',
    '#ebebf0': '--hover',
    '#dedee3': '--hairline',
    '#f0fbff': '--brand-soft',
    '#d1f1ff': '--brand-soft',
    '#b8e7ff': '--brand-soft',
    '#006ce0': '--brand',
    '#002b66': '--brand-strong',
    '#004a9e': '--brand-strong',
    '#8c8c94': '--line-control',
    '#424650': '--line-control',
  },
  border: {
    '#ebebf0': '--hairline',
    '#c6c6cd': '--hairline',
    '#b4b4bb': '--hairline',
    '#8c8c94': '--line-control',
    '#424650': '--line-control',
    '#006ce0': '--brand',
    '#002b66': '--brand-strong',
  },
  text: {
    '#0f141a': '--text',
    '#424650': '--text-2',
    '#656871': '--text-2',
    '#8c8c94': '--text-3',
    '#b4b4bb': '--text-3',
    '#006ce0': '--brand',
    '#002b66': '--brand-strong',
  },
  other: {
    '#006ce0': '--brand',
    '#002b66': '--brand-strong',
    '#ebebf0': '--hover',
    '#d1f1ff': '--brand-soft',
    '#f0fbff': '--brand-soft',
    '#ffffff': '--panel',
    '#8c8c94': '--line-control',
    '#424650': '--text-2',
    '#656871': '--text-2',
  },
};

/** The token of ours that a Cloudscape token takes, or undefined where Cloudscape's own colour stays. */
export function ourToken({ name, light }: Pick<CloudscapeToken, 'name' | 'light'>): string | undefined {
  if (!name.startsWith('color-') || name.startsWith('color-charts-')) return undefined;
  const named = byName.find(([pattern]) => pattern.test(name));
  if (named) return named[1] || undefined;
  const kind = /^color-(background|border|text)-/.exec(name)?.[1] as 'background' | 'border' | 'text' | undefined;
  return byLight[kind ?? 'other'][light];
}

const fixed: readonly (readonly [RegExp, string])[] = [
  [/^font-family-base$/, 'var(--font)'],
  [/^font-family-monospace$/, 'var(--mono)'],
  [/^font-size-body-m$/, '0.8125rem'],
  [/^line-height-body-m$/, '1.125rem'],
  [/^border-radius-(input|button|dropdown|item|textarea|token|alert|flashbar)$/, '6px'],
  [/^border-radius-(container|popover|card)/, '10px'],
];
/** Text, and what stands as high as a line of it, grows with the text size of Settings. */
const GROWS = /^(font-size|line-height|size-vertical)-/;

function fixedValue({ name, light }: Pick<CloudscapeToken, 'name' | 'light'>): string | undefined {
  const value = fixed.find(([pattern]) => pattern.test(name))?.[1];
  const pixels = GROWS.test(name) ? /^(\d+(?:\.\d+)?)px$/.exec(light)?.[1] : undefined;
  return value ?? (pixels && `${Number(pixels) / 16}rem`);
}

/** The style sheet that puts our tokens under Cloudscape's names. */
export function cloudscapeCss(tokens: readonly CloudscapeToken[]): string {
  const lines = tokens.flatMap((token) => {
    const ours = ourToken(token);
    const value = ours ? `var(${ours})` : fixedValue(token);
    return value ? [`  ${token.property}: ${value};`] : [];
  });
  // Cloudscape keeps its themes in a cascade layer; a rule outside any layer wins.
  return `/* Made by scripts/theme.ts from renderer/theme/cloudscapeMapping.ts. Do not edit. */\nbody {\n${lines.join('\n')}\n}\n`;
}
