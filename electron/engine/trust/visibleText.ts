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

/** Controls but tab and newline; format characters (bidi, zero-width, tags); separators other than the plain space; private use. */
const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]|\p{Cs}/gu;
const LONG_BLANK = /[ \t]{40,}|[ \t]*(?:\n[ \t]*){4,}/g;
