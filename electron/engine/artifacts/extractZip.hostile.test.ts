import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/problem.ts';
import { type CraftedEntry, type CraftedZip, craftZip } from '../../testing/craftZip.ts';
import { extractCarelessly } from '../../testing/extractCarelessly.ts';
import { hostileGround } from '../../testing/hostileHarness.ts';
import type { ArtifactCaps } from './artifactCaps.ts';
import { createArtifactStore } from './artifactStore.ts';
import { extractZip, readZipFile } from './extractZip.ts';

const ground = hostileGround();
beforeAll(() => ground.enter());
afterAll(() => ground.leave());

/** Writes the zip, tries to unpack it, and holds that nothing at all changed on disk. */
async function refused(zip: Buffer, caps?: Partial<ArtifactCaps>): Promise<ProblemError['problem']> {
  const place = ground.place();
  const path = join(place, 'artifact.zip');
  writeFileSync(path, zip);
  const target = join(place, 'target');
  ground.remember();
  const error = await extractZip(path, target, { caps, durable: false }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(ground.changes()).toEqual([]);
  expect(existsSync(target)).toBe(false);
  expect(error).toBeInstanceOf(ProblemError);
  const { problem } = error as ProblemError;
  expect(problem.code).toMatch(/^artifact\./);
  return problem;
}

async function accepted(zip: Buffer): Promise<string> {
  const place = ground.place();
  writeFileSync(join(place, 'artifact.zip'), zip);
  const target = join(place, 'target');
  ground.remember();
  await extractZip(join(place, 'artifact.zip'), target, { durable: false });
  expect(ground.changes(target)).toEqual([]);
  return target;
}

const zipOf = (...entries: CraftedEntry[]) => fixtureOf({ entries });

/** Every name and link of a fixture is held to the test's own canaries before it is made into a zip. */
function fixtureOf(zip: CraftedZip): Buffer {
  for (const { name, content, mode, localName } of zip.entries) {
    const isLink = mode !== undefined && (mode & 0o170000) === 0o120000;
    for (const text of [name, localName, isLink ? content : undefined]) if (text !== undefined) ground.fixture(text);
  }
  return craftZip(zip);
}

const LINK = 0o120777;

describe('ZA zip artifacts', () => {
  const unfit: [string, string, () => string][] = [
    ['ZA-01', 'a name that climbs out', () => '../x'],
    ['ZA-02', 'a name that climbs out after going in', () => 'a/b/../../../x'],
    ['ZA-03', 'an absolute name', () => join(ground.root, 'canary', 'new.txt')],
    ['ZA-04', 'a name that climbs with a backslash', () => '..\\x'],
    ['ZA-05', 'a name with a drive letter', () => 'C:\\x'],
    ['ZA-06', 'a name on a share', () => '\\\\host\\share\\x'],
    ['ZA-07', 'a name with a NUL byte', () => 'x\0.txt'],
    ['ZA-30', 'a name of 5,000 characters', () => 'n'.repeat(5000)],
    ['ZA-31', 'the device name CON', () => 'CON'],
    ['ZA-31', 'a device name with an extension', () => 'docs/NUL.txt'],
    ['ZA-31', 'a name that ends with a dot', () => 'readme.'],
    ['ZA-31', 'a name that ends with a space', () => 'readme '],
    ['ZA-32', 'a name with an escape sequence', () => '\u001b[31mred'],
    ['ZA-32', 'a name with a line break', () => 'a\nb'],
    ['ZA-32', 'a name that reverses its reading direction', () => 'photo\u202egpj.sh'],
  ];
  it.each(unfit)('%s refuses %s', async (_case, _what, name) => {
    const problem = await refused(zipOf({ name: 'fine.txt', content: 'fine' }, { name: name(), content: 'evil' }));
    expect(problem.code).toBe('artifact.unfit-name');
  });

  it('ZA-08 refuses a link to a file followed by a file of its name', async () => {
    const zip = zipOf({ name: 'link', content: ground.canary, mode: LINK }, { name: 'link', content: 'overwritten' });
    expect((await refused(zip)).code).toBe('artifact.not-a-file');
  });

  it('ZA-09 refuses a link to a folder followed by a child of it', async () => {
    const zip = zipOf({ name: 'dir', content: dirname(ground.canary), mode: LINK }, { name: 'dir/untouched.txt' });
    expect((await refused(zip)).what).toContain('"dir" is a symbolic link');
  });

  it('ZA-10 refuses a relative link that leads out', async () => {
    expect((await refused(zipOf({ name: 'out', content: '../../canary', mode: LINK }))).code).toBe(
      'artifact.not-a-file',
    );
  });

  it('ZA-11 refuses a second entry that shares the content of the first, as a hard link would', async () => {
    const zip = zipOf({ name: 'a', content: 'x', localName: 'a' }, { name: 'a', content: 'x', sharesWith: 0 });
    await refused(zip);
  });

  it.each([
    ['ZA-12', 'a block device', 0o060644],
    ['ZA-12', 'a character device', 0o020644],
    ['ZA-13', 'a FIFO', 0o010644],
    ['ZA-13', 'a socket', 0o140644],
  ])('%s refuses %s', async (_case, what, mode) => {
    expect((await refused(zipOf({ name: 'special', mode }))).what).toContain(what);
  });

  it('ZA-14 drops set-user-id, set-group-id, sticky and write bits of others', async () => {
    const target = await accepted(
      zipOf(
        { name: 'tool', content: 'x', mode: 0o106777 },
        { name: 'text', content: 'x', mode: 0o103666 },
        { name: 'folder/', mode: 0o043777 },
      ),
    );
    const mode = (name: string) => (lstatSync(join(target, name)).mode & 0o7777 & ~process.umask()).toString(8);
    expect([mode('tool'), mode('text'), mode('folder')]).toEqual(['755', '644', '755']);
  });

  it('ZA-15 refuses content that unpacks to a thousand times its size', async () => {
    expect((await refused(zipOf({ name: 'zeros', content: Buffer.alloc(12 * 1024 * 1024) }))).code).toBe(
      'artifact.bomb',
    );
  });

  it('ZA-16 refuses entries that overlap', async () => {
    const entries: CraftedEntry[] = [{ name: 'a', content: 'kernel '.repeat(50) }];
    for (let index = 1; index < 50; index += 1) {
      entries.push({ name: 'a', content: 'kernel '.repeat(50), sharesWith: 0 });
    }
    const distinct = entries.map((entry, index) => ({ ...entry, name: index === 0 ? 'a' : `a${index}` }));
    await refused(zipOf(...distinct));
  });

  it('ZA-16 refuses content that reaches into the next entry', async () => {
    const inner = craftZip({ entries: [{ name: 'inner', content: 'x' }] }).subarray(0, 36);
    const whole = fixtureOf({
      entries: [
        { name: 'outer', content: inner, stored: true },
        { name: 'inner', content: 'x' },
      ],
    });
    const record = whole.lastIndexOf('inner') - 46;
    whole.writeUInt32LE(30 + 'outer'.length, record + 42);
    expect((await refused(whole)).code).toBe('artifact.overlap');
  });

  it.each([
    ['more', 10],
    ['less', 100_000],
  ])('ZA-17 refuses content that unpacks to %s than it declares', async (_what, declaredSize) => {
    await refused(zipOf({ name: 'liar', content: 'x'.repeat(5000), declaredSize }));
  });

  it('ZA-17 refuses a large entry at the first byte beyond its declared size', async () => {
    await refused(zipOf({ name: 'liar', content: Buffer.alloc(4_000_000), declaredSize: 300_000 }));
  });

  it('ZA-18 leaves nested zips packed', async () => {
    let inner = craftZip({ entries: [{ name: 'evil.sh', content: 'x' }] });
    for (let level = 0; level < 5; level += 1) inner = craftZip({ entries: [{ name: 'nested.zip', content: inner }] });
    expect(readdirSync(await accepted(inner))).toEqual(['nested.zip']);
  });

  it('ZA-19 refuses 120,000 empty entries before reading them', async () => {
    const entries = Array.from({ length: 120_000 }, (_, index) => ({ name: `e${index}` }));
    expect((await refused(craftZip({ entries }))).code).toBe('artifact.too-many-files');
  });

  it('ZA-19 counts the folders that names imply', async () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({ name: `f${index}/a/b/c/d/e/x` }));
    expect((await refused(zipOf(...entries), { entries: 100 })).code).toBe('artifact.too-many-files');
  });

  it.each([
    ['ZA-19', 'one file over the limit', { fileBytes: 1000 }, 'artifact.too-large'],
    ['ZA-19', 'files that together pass the limit', { totalBytes: 1500 }, 'artifact.too-large'],
    ['ZA-19', 'folders too deep', { depth: 3 }, 'artifact.too-deep'],
  ])('%s refuses %s', async (_case, _what, caps, code) => {
    const content = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7919) % 251));
    const zip = zipOf({ name: 'a', content, stored: true }, { name: 'd/e/f/g', content, stored: true });
    expect((await refused(zip, caps)).code).toBe(code);
  });

  it.each([
    ['ZA-20', 'the same name twice', 'a.txt', 'a.txt'],
    ['ZA-21', 'names that differ by case', 'readme.txt', 'README.txt'],
    ['ZA-21', 'folders that differ by case', 'src/a', 'SRC/b'],
    ['ZA-22', 'names that are one after normalisation', 'caf\u00e9', 'cafe\u0301'],
    ['ZA-20', 'the same name with a dot part', 'a/b', 'a/./b'],
  ])('%s refuses %s', async (_case, _what, first, second) => {
    const problem = await refused(zipOf({ name: first, content: '1' }, { name: second, content: '2' }));
    expect(problem.code).toBe('artifact.same-name');
  });

  it.each([
    ['a file and then a folder', ['a', 'a/b']],
    ['a folder and then a file', ['a/b', 'a']],
    ['a file and then a listed folder', ['a', 'a/']],
  ])('ZA-23 refuses %s of one name', async (_what, names) => {
    const problem = await refused(zipOf(...names.map((name) => ({ name, content: name.endsWith('/') ? '' : 'x' }))));
    expect(problem.code).toBe('artifact.two-kinds');
  });

  it('ZA-24 refuses an entry whose own header has another name', async () => {
    const problem = await refused(zipOf({ name: 'safe.txt', localName: 'evil.txt', content: 'x' }));
    expect(problem.code).toBe('artifact.two-names');
  });

  it('ZA-24 refuses a second name in an extra field', async () => {
    const other = Buffer.from('evil');
    const extra = Buffer.alloc(9 + other.length);
    extra.writeUInt16LE(0x7075, 0);
    extra.writeUInt16LE(5 + other.length, 2);
    extra.writeUInt8(1, 4);
    extra.writeUInt32LE(crc32(Buffer.from('safe')), 5);
    other.copy(extra, 9);
    expect((await refused(zipOf({ name: 'safe', extra }))).code).toBe('artifact.two-names');
  });

  it.each([
    ['with', true],
    ['without', false],
  ])('ZA-25 refuses dots in overlong UTF-8 %s the UTF-8 flag', async (_what, utf8) => {
    const name = Buffer.from([0xc0, 0xae, 0xc0, 0xae, 0x2f, 0x78]);
    expect((await refused(zipOf({ name, content: 'x', utf8 }))).code).toBe('artifact.unfit-name');
  });

  it.each([
    ['a small', 'x'.repeat(100)],
    ['a large', 'x'.repeat(1_000_000)],
  ])('ZA-26 refuses %s entry that fails its checksum', async (_what, content) => {
    expect((await refused(zipOf({ name: 'bad', content, crc: 1 }))).what).toContain('checksum');
  });

  it('ZA-27 refuses a zip cut short at any place', async () => {
    const zip = zipOf({ name: 'a', content: 'hello'.repeat(20) }, { name: 'b', content: 'world' });
    for (let length = 1; length < zip.length; length += 13) await refused(zip.subarray(0, length));
  });

  it.each([
    ['text', Buffer.from('this is not a zip')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(100_000)],
  ])('ZA-28 refuses a file of %s', async (_what, bytes) => {
    expect((await refused(bytes)).code).toBe('artifact.damaged');
  });

  it('ZA-29 refuses a zip64 field that points outside the file', async () => {
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(5n, 4);
    extra.writeBigUInt64LE(1n << 40n, 12);
    extra.writeBigUInt64LE(1n << 41n, 20);
    const zip = zipOf({ name: 'far', content: 'hello', stored: true, extra });
    const record = zip.lastIndexOf('far') - 46;
    for (const at of [20, 24, 42]) zip.writeUInt32LE(0xffffffff, record + at);
    await refused(zip);
  });

  it.each([
    ['fewer', 1],
    ['more', 3],
    ['far more', 70_000],
  ])('ZA-29 refuses a directory that says it has %s entries than it has', async (_what, declaredCount) => {
    await refused(fixtureOf({ entries: [{ name: 'seen' }, { name: 'hidden' }], declaredCount }));
  });

  it.each(['.git/config', 'sub/.GIT/hooks/post-checkout', 'git~1/config', '.g\u200cit/config'])(
    'ZA-33 refuses %s, which git would run programs from',
    async (name) => {
      expect((await refused(zipOf({ name, content: '[core]' }))).code).toBe('artifact.git-folder');
    },
  );

  it('ZA-34 takes names that mean something to JavaScript as names', async () => {
    const target = await accepted(
      zipOf(
        { name: '__proto__/x', content: 'polluted' },
        { name: 'constructor', content: 'c' },
        { name: 'toString/y' },
      ),
    );
    expect(readdirSync(target).sort()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect((await readZipFile(join(dirname(target), 'artifact.zip'), '__proto__/x'))?.toString()).toBe('polluted');
    expect(await readZipFile(join(dirname(target), 'artifact.zip'), 'valueOf')).toBeUndefined();
  });

  it('ZA-36 shows nothing of an unpacking that was cut short, and the next one cleans up', async () => {
    const place = ground.place();
    const path = join(place, 'artifact.zip');
    writeFileSync(path, zipOf({ name: 'a', content: 'whole' }));
    const target = join(place, 'target');
    mkdirSync(`${target}.incoming`); // as a host leaves it that was killed while it wrote
    writeFileSync(join(`${target}.incoming`, 'half'), 'ha');
    expect(existsSync(target)).toBe(false);
    await extractZip(path, target, { durable: false });
    expect(readdirSync(target)).toEqual(['a']);
    expect(readdirSync(place).sort()).toEqual(['artifact.zip', 'target']);
  });

  it('ZA-36 removes what it wrote when the last entry turns out to be damaged', async () => {
    await refused(zipOf({ name: 'good/a', content: 'x' }, { name: 'bad', content: 'y'.repeat(400_000), crc: 7 }));
  });

  describe('with no guard the same fixtures do harm', () => {
    const careless = (entries: CraftedEntry[]) => {
      const target = join(ground.place(), 'target');
      mkdirSync(target);
      ground.remember();
      extractCarelessly(fixtureOf({ entries }), target);
      return ground.changes(target);
    };

    it('ZA-00 control: a climbing name writes beside the target', () => {
      expect(careless([{ name: '../x', content: 'evil' }])).toHaveLength(1);
    });

    it('ZA-00 control: an absolute name writes into the canary folder', () => {
      expect(careless([{ name: join(ground.root, 'canary', 'new.txt'), content: 'evil' }])).toEqual(['canary/new.txt']);
    });

    it('ZA-00 control: a link lets the next entry overwrite the canary', () => {
      const link = { name: 'link', content: `LINK:${ground.canary}` };
      expect(careless([link, { name: 'link', content: 'overwritten' }])).toEqual(['canary/untouched.txt']);
      writeFileSync(ground.canary, 'untouched\n');
    });

    it('ZA-35 control: an empty zip is accepted', async () => {
      expect(readdirSync(await accepted(craftZip({ entries: [] })))).toEqual([]);
    });

    it('ZA-00 control: an honest zip is accepted, with an ordinary name of another language', async () => {
      const target = await accepted(zipOf({ name: 'süß/日本.txt', content: 'hello' }, { name: 'run', mode: 0o100755 }));
      expect(readFileSync(join(target, 'süß/日本.txt'), 'utf8')).toBe('hello');
      expect(statSync(join(target, 'run')).mode & 0o100).toBe(0o100);
    });
  });

  it('ZA-35 accepts what the store itself makes', async () => {
    const place = ground.place();
    const store = createArtifactStore(join(place, 'store'));
    const { digest } = await store.putText({ 'a.txt': 'a', 'b/c.txt': 'c' });
    const target = join(place, 'target');
    expect(await extractZip(store.pathOf(digest), target)).toEqual({ files: 2, bytes: 2 });
  });
});
