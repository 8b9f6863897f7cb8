import { plural } from '../strings.ts';

/** What renderer/problems says. */
export const problems = {
  none: 'No problems. This pipeline can run here and be pushed to AWS.',
  list: 'Problems',
  advice: 'Advice',
  adviceNote: 'AWS takes the pipeline as it is; these could be better.',
  severity: { error: 'error', warning: 'warning', advice: 'advice' },
  line: (line: number) => `line ${line}`,
  pipeline: 'pipeline',

  fixes: 'Quick fixes',
  moreFixes: (what: string) => `More fixes: ${what}`,
  fixAll: (count: number) => `Fix all ${count} of this kind`,
  show: 'Show where it is',

  fixed: (title: string) => `Fixed: ${title}.`,
  fixedMany: (count: number) => `Fixed ${plural(count, 'problem', 'problems')}.`,
  someLeft: (count: number, left: number) =>
    `Fixed ${plural(count, 'problem', 'problems')}; ${left} of this kind ${left === 1 ? 'needs' : 'need'} you.`,
  /** A step to undo. */
  andMore: (title: string, more: number) => `${title} and ${more} more`,

  faultFirst: 'The text has a fault that must be mended first.',
  nothingHere: 'Nothing selected has a problem.',
};
