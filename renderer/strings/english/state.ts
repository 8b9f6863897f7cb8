import { plural } from '../strings.ts';

/** What renderer/state says. */
export const state = {
  untitled: 'Untitled',
  notLost: 'Your changes are still here.',
  overwrite: 'Overwrite the file',
  hasFault: 'The text has a fault, so the canvas shows its last good state.',
  mendFirst: 'Mend it in the Code tab first.',
  readAgain: (name: string) => `${name} was changed by another program and has been read again.`,

  /** Steps to undo. */
  merge: 'Merge with the file',
  takeFile: 'Read again from disk',
  editText: 'Edit text',

  gone: (path: string) => `${path} is gone.`,
  saveBringsBack: 'The edits are here; saving brings it back.',
  recovered: (count: number) =>
    count === 1
      ? 'Unsaved edits were recovered.'
      : `Unsaved edits of ${plural(count, 'document', 'documents')} were recovered.`,
  recoveredHow: 'Undo goes back as before. Nothing was written to the files.',
};
