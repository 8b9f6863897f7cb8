import { MAX_TEXT_LENGTH } from '../../shared/model/documentText.ts';
import { type Problem, ProblemError, problem } from '../../shared/problem.ts';
import { fileProblem } from './fileProblem.ts';
import { type FileSystem, READ_WITHOUT_WAITING } from './fileSystem.ts';

export interface TextFile {
  text: string;
  problems: Problem[];
  /** True when writing the text back would not give the same file: bytes that are no text were replaced. */
  isLossy: boolean;
}

/**
 * Reads a file as text: UTF-8, a byte order mark kept; UTF-16 by its byte order mark. At most 10 MB. A folder, FIFO or device
 * is refused without reading or waiting.
 * @throws ProblemError with a code `file.*`
 */
export async function readTextFile(fs: FileSystem, path: string): Promise<TextFile> {
  const { bytes, size } = await readStart(fs, path, MAX_TEXT_LENGTH + 1, (found) => {
    if (found > MAX_TEXT_LENGTH) throw tooLarge(path, found);
  });
  if (bytes.length > MAX_TEXT_LENGTH) throw tooLarge(path, Math.max(size, bytes.length));
  return decode(path, bytes);
}

/** Shown of a file that is larger than a pipeline may be. */
const PART_BYTES = 256 * 1024;

/**
 * The same, but of a file over 10 MB its first lines are answered, with a problem that says so: to be looked at, and never to
 * be saved over the file.
 * @throws ProblemError with a code `file.*`
 */
export async function readTextOrPart(fs: FileSystem, path: string): Promise<TextFile & { isPart: boolean }> {
  try {
    return { ...(await readTextFile(fs, path)), isPart: false };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'file.too-large') throw error;
    const { bytes } = await readStart(fs, path, PART_BYTES);
    // Whole lines where there are any, else whole characters: what is cut away at most is the last one.
    const lastLine = bytes.lastIndexOf(0x0a) + 1;
    const part = bytes.subarray(0, lastLine > 0 ? lastLine : wholeCharacters(bytes));
    const { text, problems } = decode(path, part);
    const line = text.split('\n').length;
    const found = problem({ ...error.problem, line, column: 1 });
    return { text, problems: [found, ...problems], isLossy: true, isPart: true };
  }
}

/** Length of the part that ends with a whole UTF-8 character. */
function wholeCharacters(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1;
  return end > 0 && bytes[end - 1]! >= 0xc0 ? end - 1 : bytes.length;
}

/** The first bytes of an ordinary file, and how large it was when it was opened. */
async function readStart(fs: FileSystem, path: string, limit: number, check: (size: number) => void = () => {}) {
  try {
    // Judged before it is opened too: opening a device can have effects.
    const before = await fs.stat(path);
    refuseUnlessFile(path, before);
    check(before.size);
    const file = await fs.open(path, READ_WITHOUT_WAITING);
    try {
      const info = await file.stat();
      refuseUnlessFile(path, info);
      check(info.size);
      return { bytes: await readAtMost(file, limit), size: info.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileProblem(path, error);
  }
}

type Stat = Awaited<ReturnType<FileSystem['stat']>>;

function refuseUnlessFile(path: string, info: Stat): void {
  if (info.isDirectory()) {
    throw new ProblemError({
      code: 'file.is-folder',
      where: path,
      what: `${path} is a folder.`,
      fix: 'Choose a file in it.',
    });
  }
  if (!info.isFile()) {
    const fix = 'Choose a file that holds text.';
    throw new ProblemError({ code: 'file.not-regular', where: path, what: `${path} is no ordinary file.`, fix });
  }
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');

const tooLarge = (path: string, size: number) => {
  // A byte more than the limit must not read as the limit.
  const shown = Math.max(size, MAX_TEXT_LENGTH + 1024 * 1024 * 0.1);
  return new ProblemError({
    code: 'file.too-large',
    where: path,
    what: `${path} has ${megabytes(shown)} MB; Penstock reads at most ${megabytes(MAX_TEXT_LENGTH)} MB.`,
    fix: 'A pipeline at every limit of AWS has half a megabyte. Choose the right file.',
  });
};

async function readAtMost(file: Awaited<ReturnType<FileSystem['open']>>, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size < limit) {
    const part = Buffer.allocUnsafe(Math.min(256 * 1024, limit - size));
    const { bytesRead } = await file.read(part, 0, part.length, null);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(parts);
}

function decode(path: string, bytes: Buffer): TextFile {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    const text = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes);
    const what = `${path} is encoded as UTF-16, which AWS does not take.`;
    const fix = 'Save it: Penstock writes UTF-8.';
    const found = problem({ code: 'file.utf-16', severity: 'warning', where: path, what, fix });
    return { text, problems: [found], isLossy: false };
  }
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      problems: [],
      isLossy: false,
    };
  } catch {
    const what = `${path} is not UTF-8 text; what is no text is shown as \uFFFD.`;
    const fix = 'Convert the file to UTF-8. Penstock does not save over it, because that would lose those bytes.';
    return {
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      problems: [problem({ code: 'file.not-utf8', where: path, what, fix })],
      isLossy: true,
    };
  }
}
