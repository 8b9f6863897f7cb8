/**
 * What may reach a terminal. Commit messages, error texts and logs come from the author of a repository; with the right bytes
 * they could rename the window, fill the clipboard or overwrite what was printed before.
 */

/** Controls but tab and newline (a carriage return before a newline counts as one), and characters that turn the direction of writing. */
const HIDDEN = /(?!\r\n)[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Colours and other looks of text: the only sequences that a log may send to a terminal. */
const COLOUR = /(\x1b\[[0-9;:]*m)/;

const shown = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Text for people, with everything that is not text shown by number. */
export const plainText = (text: string): string => text.replace(HIDDEN, shown);

/** The same, but colours are kept. */
export const colouredText = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, index) => (index % 2 ? part : plainText(part)))
    .join('');
