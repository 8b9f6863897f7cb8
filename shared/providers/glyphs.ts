import type { Category } from '../model/declaration.ts';

/** The glyph of each category, by its lucide name; the window draws it in the category's tint. */
export const categoryGlyphs = {
  Source: 'git-branch',
  Build: 'hammer',
  Test: 'flask-conical',
  Deploy: 'rocket',
  Approval: 'user-check',
  Invoke: 'zap',
  Compute: 'terminal',
} as const satisfies Record<Category, string>;

export type CategoryGlyph = (typeof categoryGlyphs)[Category];
