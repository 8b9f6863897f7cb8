import type { Rule } from '../ruleContext.ts';

/** W-005: patterns of file paths that can match no path, because paths have no slash in front. */
export const filters: Rule = ({ pipeline, report }) => {
  for (const [index, trigger] of (pipeline.triggers ?? []).entries()) {
    for (const kind of ['push', 'pullRequest'] as const) {
      for (const [at, { filePaths }] of (trigger.gitConfiguration?.[kind] ?? []).entries()) {
        for (const side of ['includes', 'excludes'] as const) {
          for (const [position, pattern] of (filePaths?.[side] ?? []).entries()) {
            if (!pattern.startsWith('/')) continue;
            report({
              code: 'advice.pattern-slash',
              where: '',
              field: `triggers.${index}.gitConfiguration.${kind}.${at}.filePaths.${side}.${position}`,
              what: `The pattern "${pattern.slice(0, 60)}" matches no file: paths begin without a slash.`,
              fix: `Write ${pattern.replace(/^\/+/, '').slice(0, 60) || '**'}.`,
            });
          }
        }
      }
    }
  }
};
