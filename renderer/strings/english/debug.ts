import { plural } from '../strings.ts';

/** What renderer/debug says. */
export const debug = {
  /** Steps to undo. */
  step: {
    before: (where: string) => `Break before ${where}`,
    after: (where: string) => `Break after ${where}`,
    remove: (where: string) => `Remove the breakpoint of ${where}`,
  },
  selectFirst: 'Select an action first.',
  showFirst: 'Show an execution first: its artifacts are what it begins with.',
  stillRuns: 'The execution still runs.',

  isPaused: (action: string) => `${action} is paused`,
  pill: 'Paused…',
  before: (action: string) => `Paused before ${action}`,
  after: (action: string) => `Paused after ${action}`,
  beforeHelp: 'Its inputs are there and its configuration is resolved. Nothing of it has run.',
  afterHelp: 'It has ended. What follows sees its outputs once you continue.',
  continue: 'Continue',
  continueWith: (changes: number) => `Continue with ${plural(changes, 'change', 'changes')}`,
  skip: 'Skip it',
  changeVariables: 'Change variables…',

  unpacking: 'Unpacking its inputs …',
  variables: 'Variables of this run',
  noVariables: 'It can see none.',
  variablesOf: (namespace: string, count: number) => `${namespace}: ${plural(count, 'variable', 'variables')}`,
  changed: (count: number) => `${count} changed`,
  changeCounts: 'A change counts from here to the end of this run, and nowhere else.',
  configuration: 'Configuration as resolved',
  noConfiguration: 'It has none.',
  inputs: 'Input artifacts',
  noInputs: 'It takes none.',
  files: (count: number, isCut: boolean) => (count === 1 && !isCut ? '1 file' : `${count}${isCut ? '+' : ''} files`),
  copyPath: (artifact: string) => `Copy the path of ${artifact}`,
  findFileIn: (artifact: string) => `Find a file in ${artifact}`,
  findFile: 'Find a file',
  filesOf: (artifact: string) => `Files of ${artifact}`,
  noFile: 'No file matches.',
  moreFiles: 'More files lie in the folder.',
  shell: 'A shell where it stands',
  copyShell: 'Copy the command that opens a shell',
  shellHelp: 'Run it in a terminal: the same folder and environment as its commands get.',
  environment: (count: number) => `Environment of its commands: ${plural(count, 'variable', 'variables')}`,
};
