/** Whether a value that is a buildspec or its path is the text itself (reference/buildspec.md §1). */
export const isInlineBuildspec = (value: string): boolean =>
  value.includes('\n') || /^\s*(?:version\s*:|\{)/.test(value);
