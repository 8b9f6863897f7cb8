/**
 * A command as the consent dialog shows it: nothing in it can hide another part of it. Characters that print nothing or turn
 * the direction of writing are shown by number (WT-12), and long empty stretches are said instead of shown (WT-11).
 */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16).padStart(4, '0')}}`)
    .replaceAll(
      LONG_BLANK,
      (blank) => `⟨${blank.length} ${blank.includes('\n') ? 'blank characters and lines' : 'spaces'}⟩`,
    );
}

/** Everything that prints nothing, but space, tab and newline: controls, format and bidi characters, other spaces, fillers. */
const HIDDEN = /(?![\t\n ])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const LONG_BLANK = /[ \t]{40,}|[ \t]*(?:\n[ \t]*){4,}/g;
