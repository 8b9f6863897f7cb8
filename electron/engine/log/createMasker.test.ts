import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createMasker, type Secret } from './createMasker.ts';

const SECRET = 'S3cr3t/Token+Value=42';
const named = (...values: string[]): Secret[] => values.map((value, index) => ({ name: `SECRET_${index}`, value }));
const maskerOf = (...values: string[]) => createMasker(named(...values));
const hide = (text: string, ...values: string[]) => maskerOf(...(values.length > 0 ? values : [SECRET])).mask(text);

/** Pushes pieces through one stream, as a log comes. */
function inPieces(pieces: readonly (string | Buffer)[], ...values: string[]): string {
  const stream = maskerOf(...(values.length > 0 ? values : [SECRET])).stream();
  const shown = pieces.map((piece) => Buffer.from(stream.push(Buffer.from(piece as string))));
  return Buffer.concat([...shown, stream.end()]).toString();
}

const PEM = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7',
  'VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDu',
  '-----END PRIVATE KEY-----',
].join('\n');
const [, PEM_LINE = ''] = PEM.split('\n');

describe('SM masking', () => {
  test('SM-00 control: without the secret in its list the masker shows it, and this suite sees that', () => {
    for (const text of [SECRET, Buffer.from(SECRET).toString('base64'), encodeURIComponent(SECRET)]) {
      expect(createMasker(named('another-value')).mask(`x ${text} y`)).toBe(`x ${text} y`);
    }
    expect(createMasker().mask(SECRET)).toBe(SECRET);
  });

  test('SM-01 plain', () => {
    expect(hide(`token ${SECRET}!`)).toBe('token ***!');
  });

  test('SM-02 every split point of the secret across two writes', () => {
    for (let at = 0; at <= SECRET.length; at += 1) {
      expect(inPieces([`a ${SECRET.slice(0, at)}`, `${SECRET.slice(at)} b`])).toBe('a *** b');
    }
  });

  test('SM-03 byte at a time', () => {
    expect(inPieces([...`a ${SECRET} b ${SECRET}`])).toBe('a *** b ***');
  });

  test('SM-04 across an interleaved line is the documented limit: each whole occurrence is still hidden', () => {
    expect(inPieces([SECRET.slice(0, 5), `\nother ${SECRET}\n`])).toBe(`${SECRET.slice(0, 5)}\nother ***\n`);
  });

  test('SM-05 twice adjacent', () => {
    expect(hide(SECRET + SECRET)).toBe('******');
  });

  test('SM-06 overlapping secrets', () => {
    expect(hide('x abcdef123xyz99 y', 'abcdef123', '123xyz99')).toBe('x *** y');
    expect(inPieces([...'x abcdef123xyz99 y'], 'abcdef123', '123xyz99')).toBe('x *** y');
    expect(inPieces([...`a${'ab'.repeat(9)}c`], 'ababab')).toBe('a***c');
  });

  test('SM-07 one secret a prefix of another', () => {
    expect(inPieces([...'secret1 secret1234 secret12x'], 'secret1', 'secret1234')).toBe('*** *** ***2x');
  });

  test('SM-08 multi-line PEM', () => {
    expect(hide(`key:\n${PEM}\nend`, PEM)).toBe('key:\n***\nend');
  });

  test('SM-09 CRLF', () => {
    expect(hide(PEM.replaceAll('\n', '\r\n'), PEM)).toBe('***');
  });

  test('SM-10 CR CR LF', () => {
    expect(hide(PEM.replaceAll('\n', '\r\r\n'), PEM)).toBe('***');
  });

  test('SM-11 line breaks turned into spaces', () => {
    expect(hide(`+ echo ${PEM.replaceAll('\n', ' ')}`, PEM)).toBe('+ echo ***');
  });

  test('SM-12 each line alone', () => {
    expect(hide(`   ${PEM_LINE}\nx`, PEM)).toBe('   ***\nx');
    expect(hide('-----BEGIN PRIVATE KEY-----', PEM)).toBe('-----BEGIN PRIVATE KEY-----');
  });

  test.each([
    ['SM-13 base64', ''],
    ['SM-14 base64 at shift 1', 'u'],
    ['SM-15 base64 at shift 2', 'us'],
  ])('%s', (_, before) => {
    for (const after of ['', 'x', 'xy', 'xyz']) {
      const shown = hide(`[${Buffer.from(before + SECRET + after).toString('base64')}]`);
      expect(shown).toContain('***');
      // What stays is at most the group at either end, in which the neighbours are mixed.
      expect(shown.replace('***', '').length).toBeLessThanOrEqual(12);
    }
  });

  test('SM-16 base64 with a trailing newline, padding trimmed', () => {
    const encoded = Buffer.from(`${SECRET}\n`).toString('base64');
    expect(hide(encoded)).toBe('***');
    expect(hide(encoded.replace(/=+$/, ''))).toBe('***');
  });

  test('SM-17 base64url', () => {
    const odd = 'a>>>b???c~~~~';
    expect(hide(Buffer.from(odd).toString('base64url'), odd)).toBe('***');
  });

  test('SM-18 URL-encoded, in either case, with plus for space', () => {
    const value = 'pass word/+&=ü';
    for (const text of [
      encodeURIComponent(value),
      encodeURIComponent(value).replaceAll(/%../g, (code) => code.toLowerCase()),
      new URLSearchParams({ v: value }).toString().slice(2),
    ]) {
      expect(hide(`?q=${text}&r=1`, value)).toBe('?q=***&r=1');
    }
  });

  test('SM-19 JSON-escaped, also inside JSON, also as ASCII', () => {
    const value = 'quo"te\\back\nline/ü<';
    const json = JSON.stringify(value);
    expect(hide(json, value)).toBe('"***"');
    expect(hide(JSON.stringify(json), value)).toBe('"\\"***\\""');
    expect(hide(json.replace('ü', '\\u00fc'), value)).toBe('"***"');
    expect(hide(json.replace('<', '\\u003c'), value)).toBe('"***"');
  });

  test('SM-20 shell-quoted', () => {
    const value = `it's $HOME "x" \`y\``;
    for (const text of [
      `'it'\\''s $HOME "x" \`y\`'`,
      '"it\'s \\$HOME \\"x\\" \\`y\\`"',
      `it\\'s\\ \\$HOME\\ \\"x\\"\\ \\\`y\\\``,
    ]) {
      expect(hide(text, value)).toMatch(/^['"]?\*\*\*['"]?$/);
    }
  });

  test('SM-21 XML-escaped', () => {
    const value = `<a & 'b' "c">`;
    expect(hide('&lt;a &amp; &apos;b&apos; &quot;c&quot;&gt;', value)).toBe('***');
    expect(hide('&lt;a &amp; &#39;b&#39; &#34;c&#34;&gt;', value)).toBe('***');
    expect(hide(`&lt;a &amp; 'b' "c"&gt;`, value)).toBe('***');
  });

  test('SM-22 hex', () => {
    expect(hide(Buffer.from(SECRET).toString('hex'))).toBe('***');
    expect(hide(Buffer.from(SECRET).toString('hex').toUpperCase())).toBe('***');
  });

  test.each([
    ['SM-23 in a URL', `https://user:${SECRET}@example.com/`, 'https://user:***@example.com/'],
    ['SM-24 in an error stack', `Error: bad ${SECRET}\n    at f (x.js:1:1)`, 'Error: bad ***\n    at f (x.js:1:1)'],
    ['SM-25 in an argument list', `["curl","-H","X: ${SECRET}"]`, '["curl","-H","X: ***"]'],
    ['SM-26 in an environment dump', `A=1\nTOKEN=${SECRET}\nB=2\n`, 'A=1\nTOKEN=***\nB=2\n'],
    ['SM-27 in an output variable', `v1-${SECRET}`, 'v1-***'],
    ['SM-28 in an artifact name', `Output artifact "${SECRET}"`, 'Output artifact "***"'],
  ])('%s', (_, text, shown) => {
    expect(hide(text)).toBe(shown);
  });

  test('SM-29 a secret added in the middle is hidden from then on', () => {
    const masker = maskerOf('first-secret');
    const stream = masker.stream();
    const before = stream.push(Buffer.from(`${SECRET} first-secret `)).toString();
    masker.add(named(SECRET));
    const after = Buffer.concat([stream.push(Buffer.from(`${SECRET} first-secret`)), stream.end()]).toString();
    expect(before + after).toBe(`${SECRET} *** *** ***`);
  });

  test('SM-30 a value shorter than six characters is not hidden, and that is said without showing it', () => {
    const masker = createMasker([{ name: 'PIN', value: 'a1b2c' }]);
    expect(masker.mask('x a1b2c')).toBe('x a1b2c');
    expect(masker.warnings.join()).toContain('PIN');
    expect(masker.warnings.join()).not.toContain('a1b2c');
    expect(maskerOf('a1b2cd').mask('x a1b2cd')).toBe('x ***');
  });

  test('SM-31 an ordinary word is not hidden', () => {
    expect(hide('it is true', 'true')).toBe('it is true');
    expect(hide('enabled: production', 'enabled', 'production')).toBe('enabled: production');
  });

  test('SM-32 longer than 4 KiB, also in base64 with broken lines', () => {
    const long = Array.from({ length: 5000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join('');
    expect(inPieces([`a${long.slice(0, 4500)}`, `${long.slice(4500)}b`], long)).toBe('a***b');
    const broken = (
      Buffer.from(long)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n');
    expect(hide(broken, long)).toBe('***');
  });

  test('SM-33 metacharacters of regular expressions', () => {
    expect(hide('x (.*)+[a-z]{2}$^|\\ y abcdefgh', '(.*)+[a-z]{2}$^|\\')).toBe('x *** y abcdefgh');
  });

  test('SM-34 colour codes inside the secret, which stay', () => {
    const half = `\x1b[31m${SECRET.slice(0, 7)}\x1b[1;32m\x1b[K${SECRET.slice(7)}\x1b[0m`;
    expect(hide(`a ${half} b`)).toBe('a \x1b[31m***\x1b[1;32m\x1b[K\x1b[0m b');
    expect(inPieces([...`a ${half} b`])).toBe('a \x1b[31m***\x1b[1;32m\x1b[K\x1b[0m b');
    expect(hide('\x1b[12345678m', '12345678')).toBe('\x1b[***m');
  });

  test('SM-35 a long log with 100 secrets shows none of them (bench/log.ts measures how fast)', () => {
    const values = Array.from({ length: 100 }, (_, index) => `secret-${index * 7919}-value`);
    const stream = maskerOf(...values).stream();
    let shown = '';
    let lines = '';
    for (let line = 0; line < 20_000; line += 1)
      lines += `line ${line} ${line % 50 === 0 ? values[line % 100] : 'ordinary output'}\n`;
    const bytes = Buffer.from(lines);
    for (let at = 0; at < bytes.length; at += 4096)
      shown += stream.push(bytes.subarray(at, at + 4096)).toString('latin1');
    shown += stream.end().toString('latin1');
    expect(shown.match(/\*\*\*/g)).toHaveLength(400);
    for (const value of values) expect(shown).not.toContain(value);
  });

  test('SM-36 any cutting into pieces gives the same as the whole', () => {
    const alphabet = fc.constantFrom('a', 'b', 'ab', 'aba', '\x1b[1m', '\x1b[', '\x1b', '12', '\n', 'é', 'abaaba', ' ');
    const text = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''));
    const secret = fc
      .array(fc.constantFrom('a', 'b', 'é', '12'), { minLength: 6, maxLength: 9 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(20), { maxLength: 30 }),
        (whole, values, cuts) => {
          const bytes = Buffer.from(values[0] === undefined ? whole : whole.replace('ab', values[0]));
          const pieces: Buffer[] = [];
          let at = 0;
          for (const cut of cuts) {
            pieces.push(bytes.subarray(at, at + cut));
            at = Math.min(bytes.length, at + cut);
          }
          pieces.push(bytes.subarray(at));
          const masker = createMasker(named(...values));
          const once = masker.stream();
          const expected = Buffer.concat([once.push(bytes), once.end()]);
          const stream = masker.stream();
          const actual = Buffer.concat([...pieces.map((piece) => Buffer.from(stream.push(piece))), stream.end()]);
          expect(actual.toString('latin1')).toBe(expected.toString('latin1'));
          const visible = actual.toString().replaceAll(/\x1b\[[0-9;]*m/g, '');
          for (const value of values) expect(visible).not.toContain(value);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a masker’s memory', () => {
  it('holds back nothing but a possible beginning of a secret, however long the line', () => {
    const stream = maskerOf(SECRET).stream();
    for (let piece = 0; piece < 50; piece += 1) {
      stream.push(Buffer.alloc(64 * 1024, 'x'));
      expect(stream.waiting).toBe(0);
    }
    stream.push(Buffer.from(`x${SECRET.slice(0, 4)}`));
    expect(stream.waiting).toBe(4);
  });

  it('stays bounded when matches overlap without end, and when colour codes never end', () => {
    const stream = maskerOf('aaaaaa').stream();
    const shown: string[] = [];
    for (let piece = 0; piece < 50; piece += 1) {
      shown.push(stream.push(Buffer.alloc(10_000, 'a')).toString());
      expect(stream.waiting).toBeLessThan(200);
    }
    shown.push(stream.end().toString());
    expect(shown.join('')).toBe('***');
    const coloured = maskerOf(SECRET).stream();
    let bytes = coloured.push(Buffer.from(SECRET.slice(0, 3))).length;
    for (let piece = 0; piece < 50; piece += 1) bytes += coloured.push(Buffer.from('\x1b[1m'.repeat(1000))).length;
    bytes += coloured.end().length;
    expect(bytes).toBeLessThan(200);
  });

  it('passes pieces on as they are when there is nothing to hide', () => {
    const piece = Buffer.from('x\x1b[1my');
    expect(createMasker().stream().push(piece)).toBe(piece);
  });
});
