import { describe, expect, it } from 'vitest';
import { colouredText, plainText } from './terminalText.ts';

describe('text that reaches a terminal', () => {
  it.each([
    ['a window title', '\x1b]0;title\x07'],
    ['the clipboard', '\x1b]52;c;aGk=\x07'],
    ['a link', '\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\'],
    ['a cursor that goes up', '\x1b[1AApproved'],
    ['a cleared screen', '\x1b[2J'],
    ['8-bit controls', '\x9b2J\x9d0;x\x9c'],
    ['a return over what was printed', 'Failed\rSucceeded'],
    ['a backspace', 'rm -rf /\x08\x08'],
    ['turned writing', 'a\u202eb\u2066c'],
  ])('TE %s is shown, not obeyed', (_title, text) => {
    for (const clean of [plainText(text), colouredText(text)]) {
      expect(clean).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(clean).toContain('\\x');
    }
  });

  it('keeps text, tabs, lines and, where asked, colours', () => {
    const text = 'über\t✓ 漢字\r\nnext\n';
    expect(plainText(text)).toBe(text);
    expect(colouredText('\x1b[31;1mred\x1b[0m')).toBe('\x1b[31;1mred\x1b[0m');
    expect(plainText('\x1b[31mred')).toBe('\\x1b[31mred');
  });
});
