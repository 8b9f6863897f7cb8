/** What renderer/changes says. */
export const changes = {
  none: 'Nothing was changed yet. Every step will stand here, and can be gone back to.',
  list: 'Changes, newest first',
  older: 'Show older changes',
  opened: 'As it was opened',
  goBack: 'Go back to here',
  doAgain: 'Do this again',
  undone: 'undone',
  difference: 'Difference',
  differenceOf: (label: string) => `Difference of ${label}`,
  /** A step that was typed, and where. */
  typedIn: (label: string, where: string) => `${label}: ${where}`,
  keptBeside: 'kept beside the pipeline file',

  meaning: 'What it changed',
  onlyWritten: 'Only how it is written: spaces, comments or order.',
  notReadable: 'The text has a fault before or after it, so only its letters can be compared.',
};
