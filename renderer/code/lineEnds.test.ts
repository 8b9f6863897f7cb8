import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asEdited, withChanges } from './lineEnds.ts';

describe('typing into a text with Windows line ends', () => {
  const text = '{\r\n  "name": "shop"\r\n}\r\n';

  it('changes what was typed and no line end', () => {
    const from = asEdited(text).indexOf('shop');
    expect(withChanges(text, [{ from, to: from + 4, insert: 'store' }])).toBe(text.replace('shop', 'store'));
  });

  it('ends new lines as the file does', () => {
    expect(withChanges('a\r\nb', [{ from: 1, to: 1, insert: '\nx' }])).toBe('a\r\nx\r\nb');
    expect(withChanges('a\rb', [{ from: 1, to: 1, insert: '\nx' }])).toBe('a\rx\rb');
  });

  it('takes a whole line end away, never half of one', () => {
    expect(withChanges('a\r\nb', [{ from: 1, to: 2, insert: '' }])).toBe('ab');
  });
});

it('any change reads in the file as it reads in the editor, and all around it stays', () => {
  const piece = fc.constantFrom('a', 'b', '\n', '\r\n', '\r', '"');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.nat(12),
      fc.nat(12),
      fc.constantFrom('', 'x', '\n', 'y\nz'),
      (pieces, one, other, insert) => {
        // A lone \r before \n would be read as one line end by the next reader, so none is made here.
        const text = pieces.join('').replace(/\r(?=\r\n|\n)/g, '');
        const edited = asEdited(text);
        const [from, to] = [one, other].map((at) => Math.min(at, edited.length)).sort((a, b) => a - b) as [
          number,
          number,
        ];
        const changed = withChanges(text, [{ from, to, insert }]);
        const wanted = edited.slice(0, from) + insert + edited.slice(to);
        // Taking away what parts \r from \n makes one line end of two; the editor is told by the text that comes back.
        if (asEdited(changed).length === wanted.length) expect(asEdited(changed)).toBe(wanted);
        else expect(changed).toMatch(/\r\n/);
      },
    ),
  );
});
