import { describe, expect, it, test } from 'vitest';
import { parseLogLine, sanitizeLine, textOf } from './logLine.ts';

const ESC = '\u001B';

describe('a line of a log shows no effect of', () => {
  test.each([
    ['TE-01 a window title (OSC 0 and 2)', `a${ESC}]0;root shell\u0007b${ESC}]2;x${ESC}\\c`, 'abc'],
    ['TE-02 a javascript: link (OSC 8)', `${ESC}]8;;javascript:alert(1)\u0007click${ESC}]8;;\u0007`, 'click'],
    ['TE-03 a file: link (OSC 8)', `${ESC}]8;;file:///etc/passwd${ESC}\\click${ESC}]8;;${ESC}\\`, 'click'],
    ['TE-04 an unclosed link', `${ESC}]8;;https://evil.example`, ''],
    ['TE-05 a clipboard write (OSC 52)', `x${ESC}]52;c;cm0gLXJm\u0007y`, 'xy'],
    ['TE-06 a clipboard query (OSC 52)', `x${ESC}]52;c;?\u0007y`, 'xy'],
    ['TE-07 a device control string', `x${ESC}Pq#0;2;0;0;0${ESC}\\y`, 'xy'],
    ['TE-08 APC, PM and SOS strings', `x${ESC}_a${ESC}\\y${ESC}^b${ESC}\\z${ESC}Xc${ESC}\\!`, 'xyz!'],
    ['TE-09 8-bit introducers', 'x\u009B2Jy\u009D0;t\u009Cz\u0090q\u009C!', 'xyz!'],
    ['TE-10 cursor movement that would fake a result', `Failed${ESC}[1A${ESC}[6DSucceeded`, 'FailedSucceeded'],
    ['TE-12 erasing the screen', `before${ESC}[2J${ESC}[H${ESC}cafter`, 'beforeafter'],
    ['TE-13 backspaces', 'rm -rf /\b\b\b\becho', 'rm -rf /␈␈␈␈echo'],
    ['TE-18 a bidi override', 'user\u202Egpj.exe', 'user⟨U+202E⟩gpj.exe'],
    ['other control characters', 'a\u0000b\u0007c\u0085d', 'a⟨U+0000⟩bc⟨U+0085⟩d'],
    ['a character set switch', `a${ESC}(0b${ESC}(Bc`, 'abc'],
  ])('%s', (_, raw, expected) => {
    expect(textOf(raw)).toBe(expected);
  });
});

describe('a line of a log', () => {
  it('TE-04 an unclosed link does not reach the next line, because each line is read by itself', () => {
    expect(textOf(`${ESC}]8;;https://evil.example`)).toBe('');
    expect(textOf('next line')).toBe('next line');
  });

  it('TE-11 shows the last state of a line that carriage returns started over, and says that there were others', () => {
    expect(parseLogLine('10 %\r50 %\r100 %')).toEqual({
      spans: [{ text: '100 %', className: '' }],
      overwritten: 2,
    });
    expect(textOf('100 %\r')).toBe('100 %');
    expect(parseLogLine('ends with CRLF\r')).toMatchObject({ overwritten: 0 });
  });

  it('TE-14 shows concealed text', () => {
    expect(parseLogLine(`${ESC}[8mhidden command${ESC}[0m`).spans).toEqual([{ text: 'hidden command', className: '' }]);
  });

  it('TE-15 drops a colour sequence of 10,000 parameters', () => {
    expect(sanitizeLine(`${ESC}[${'1;'.repeat(10_000)}1mtext`)).toBe('text');
  });

  it('TE-16 an unterminated control string of 10 MB leaves nothing behind', () => {
    expect(sanitizeLine(`ok${ESC}]0;${'x'.repeat(10_000_000)}`)).toBe('ok');
  });

  it('TE-19 and XS-01 is text, whatever it looks like', () => {
    const raw = '<script>window.pwned=1</script><img src=x onerror=alert(1)>&amp;';
    expect(parseLogLine(raw).spans).toEqual([{ text: raw, className: '' }]);
    expect(textOf(`${ESC}[31m${raw}${ESC}[0m`)).toBe(raw);
  });

  it('keeps the sixteen colours and the weights as class names', () => {
    expect(parseLogLine(`${ESC}[1;31mFAIL${ESC}[0m then ${ESC}[92mok${ESC}[39;4m!${ESC}[0m`).spans).toEqual([
      { text: 'FAIL', className: 'ansi-fg-red ansi-bold' },
      { text: ' then ', className: '' },
      { text: 'ok', className: 'ansi-fg-green' },
      { text: '!', className: 'ansi-underline' },
    ]);
  });

  it('never lets a colour class of the log name a style of ours', () => {
    for (const { className } of parseLogLine(`${ESC}[38;5;203ma${ESC}[48;2;1;2;3mb${ESC}[5;7mc`).spans)
      expect(className).toMatch(/^(ansi-(fg|bg)-[a-z]+)?$/);
  });
});
