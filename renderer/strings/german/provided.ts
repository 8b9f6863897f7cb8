import type { provided as english } from '../english/provided.ts';
import { builds } from './provided/builds.ts';
import { deploys } from './provided/deploys.ts';
import { others } from './provided/others.ts';
import { sources } from './provided/sources.ts';
import { stacks } from './provided/stacks.ts';
import { templates } from './provided/templates.ts';

/** By the English text. */
export const providedTexts: Readonly<Record<string, string>> = {
  ...sources,
  ...builds,
  ...stacks,
  ...deploys,
  ...others,
  ...templates,
};

export const provided: typeof english = {
  text: (text) => providedTexts[text] ?? text,
};
