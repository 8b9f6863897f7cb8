/** A value that must not be seen in any log, and the name of the variable that holds it. */
export interface Secret {
  name: string;
  value: string;
}

/** Shorter values occur by chance all over a log: masking them would hide the log and not the secret. */
const SHORTEST = 6;
/** Words that are no secrets, whatever a variable holding them is called. */
const ORDINARY = new Set(['undefined', 'enabled', 'disabled', 'default', 'production', 'development', 'localhost']);

/**
 * Why a value is not masked, as a sentence without the value itself; undefined when it is masked.
 * (reliability-security.md SM-30, SM-31)
 */
export function unmaskable({ name, value }: Secret): string | undefined {
  const trimmed = value.trim();
  if (trimmed.length < SHORTEST) {
    return `The value of ${name} is shorter than ${SHORTEST} characters and is not hidden in the log.`;
  }
  if (ORDINARY.has(trimmed.toLowerCase()))
    return `The value of ${name} is an ordinary word and is not hidden in the log.`;
  return undefined;
}

/**
 * Every form of a value that the log must not show: as it is, each of its lines, and as programs commonly encode it.
 * What a program reverses, encrypts or splits cannot be known; no product hides that.
 */
export function secretVariants(value: string): Buffer[] {
  const found = new Map<string, Buffer>();
  const add = (bytes: Buffer | string) => {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    if (buffer.length >= SHORTEST) found.set(buffer.toString('latin1'), buffer);
  };
  const trimmed = value.trim();
  const forms = new Set([value, trimmed]);
  const lines = trimmed.split(/\r*\n/);
  if (lines.length > 1) {
    // SM-08 to SM-12: a terminal's line ends, `set -x` on one line, and each line alone (a diff, an indented block).
    for (const between of ['\n', '\r\n', '\r\r\n', ' ', '']) forms.add(lines.join(between));
    for (const line of lines.map((text) => text.trim())) {
      if (line.length >= SHORTEST && !isBanner(line)) forms.add(line);
    }
  }
  for (const form of forms) {
    add(form);
    for (const encoded of encodings(form)) add(encoded);
  }
  return [...found.values()];
}

/** The first and last line of a PEM block are the same for everyone. */
const isBanner = (line: string) => /^-{5}(?:BEGIN|END) [A-Z0-9 ]+-{5}$/.test(line);

function* encodings(text: string): Generator<string> {
  const bytes = Buffer.from(text);
  yield* base64Forms(bytes);
  yield* base64Forms(Buffer.concat([bytes, Buffer.from('\n')]));
  const hex = bytes.toString('hex');
  yield hex;
  yield hex.toUpperCase();
  yield* urlForms(text);
  yield* jsonForms(text);
  yield* shellForms(text);
  yield* xmlForms(text);
}

/**
 * Base64 and base64url. Inside a longer text the secret can begin at any of three positions of a group; then the characters
 * at both ends mix with the neighbours, and what lies between them is what gives the secret away.
 */
function* base64Forms(bytes: Buffer): Generator<string> {
  const standard = [bytes.toString('base64')];
  for (const shift of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const text = whole.toString('base64').replace(/=+$/, '');
    const from = [0, 2, 3][shift] as number;
    standard.push(text.slice(from, whole.length % 3 === 0 ? undefined : -1));
  }
  for (const text of standard) {
    yield text;
    const url = text.replaceAll('+', '-').replaceAll('/', '_');
    yield url;
    yield url.replace(/=+$/, '');
    // The base64 command breaks its lines.
    for (const width of [64, 76]) {
      if (text.length <= width) continue;
      const lines = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      yield lines.join('\n');
      yield lines.join('\r\n');
      yield* lines;
    }
  }
}

function* urlForms(text: string): Generator<string> {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  for (const form of [component, strict, strict.replaceAll('~', '%7E')]) {
    for (const spaced of [form, form.replaceAll('%20', '+')]) {
      for (const slashed of [spaced, spaced.replaceAll('%2F', '/')]) {
        yield slashed;
        yield slashed.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
      }
    }
  }
}

function* jsonForms(text: string): Generator<string> {
  const plain = JSON.stringify(text).slice(1, -1);
  const unicode = (form: string, set: RegExp) =>
    form.replaceAll(set, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const ascii = unicode(plain, /[^\0-\x7f]/g);
  for (const form of [plain, ascii, unicode(plain, /[<>&\u2028\u2029]/g), unicode(ascii, /[<>&'=+]/g)]) {
    yield form;
    yield form.replaceAll('/', '\\/');
    yield JSON.stringify(form).slice(1, -1);
  }
}

function* shellForms(text: string): Generator<string> {
  yield text.replaceAll("'", `'\\''`);
  yield text.replaceAll("'", `'"'"'`);
  yield text.replaceAll(/["$`\\]/g, '\\$&');
  yield text.replaceAll(/["$`\\!]/g, '\\$&');
  yield text.replaceAll(/[^\w@%+=:,./\n-]/gu, '\\$&'); // printf %q
  // $'…' of bash and its `set -x`
  const ansi = text
    .replaceAll(/['\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
  yield ansi;
}

function* xmlForms(text: string): Generator<string> {
  const basic = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const double of ['"', '&quot;', '&#34;', '&#x22;']) {
    for (const single of ["'", '&apos;', '&#39;', '&#x27;']) {
      yield basic.replaceAll('"', double).replaceAll("'", single);
    }
  }
}
