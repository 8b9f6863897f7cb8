import { ReportFault } from './report.ts';

/** What one step of reading an XML text found. A text may come in several pieces. */
export type XmlEvent =
  | { kind: 'open'; name: string; attributes: ReadonlyMap<string, string> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

/** Bounds against hostile files; those of real reports are far below. */
const MAX_DEPTH = 200;
const MAX_ATTRIBUTES = 200;
const MAX_NAME = 300;

const NAME = /[^\s<>/="'&!?]+/y;
const SPACE = /\s*/y;

/**
 * Reads XML of reports step by step, in time proportional to its length. There are no entities but the five of XML and
 * characters by number: a document type declaration is stepped over, what it declares is never looked at, and nothing is
 * ever fetched. Names lose their namespace prefix. Processing instructions and comments are left out.
 * @throws ReportFault for what is not well-formed or beyond the bounds, with the line.
 */
export function* readXml(text: string): Generator<XmlEvent, void> {
  const open: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let hasRoot = false;
  const fail = (what: string): never => {
    throw new ReportFault(`line ${lineOf(text, at)}: ${what}`);
  };
  const skipTo = (end: string, what: string): void => {
    const found = text.indexOf(end, at);
    if (found < 0) fail(`${what} has no end`);
    at = found + end.length;
  };
  const readName = (): string => {
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0] ?? fail('a name is missing');
    if (name.length > MAX_NAME) fail('a name is too long');
    at += name.length;
    return name;
  };
  const skipSpace = () => {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
  };

  while (at < text.length) {
    const less = text.indexOf('<', at);
    const end = less < 0 ? text.length : less;
    if (end > at) {
      const piece = text.slice(at, end);
      if (open.length > 0) yield { kind: 'text', text: decode(piece) };
      else if (piece.trim() !== '') fail('there is text outside of the root element');
      at = end;
    }
    if (less < 0) break;
    if (text.startsWith('<!--', at)) {
      at += 4;
      skipTo('-->', 'a comment');
    } else if (text.startsWith('<![CDATA[', at)) {
      if (open.length === 0) fail('there is text outside of the root element');
      const start = at + 9;
      skipTo(']]>', 'a CDATA section');
      yield { kind: 'text', text: text.slice(start, at - 3) };
    } else if (text.startsWith('<?', at)) {
      skipTo('?>', 'a processing instruction');
    } else if (text.startsWith('<!', at)) {
      if (hasRoot) fail('a declaration stands inside of the document');
      at = skipDeclaration(text, at) ?? fail('a declaration has no end');
    } else if (text.startsWith('</', at)) {
      at += 2;
      const name = readName();
      if (open.pop() !== name) fail(`</${name.slice(0, 40)}> closes nothing that is open`);
      skipSpace();
      if (text[at] !== '>') fail(`</${name.slice(0, 40)} has no end`);
      at += 1;
      yield { kind: 'close', name: localName(name) };
    } else {
      if (hasRoot && open.length === 0) fail('there is more than one root element');
      at += 1;
      const name = readName();
      const attributes = new Map<string, string>();
      for (;;) {
        skipSpace();
        const character = text[at];
        if (character === '>' || character === '/' || character === undefined) break;
        const attribute = readName();
        skipSpace();
        if (text[at] !== '=') fail(`attribute ${attribute.slice(0, 40)} has no value`);
        at += 1;
        skipSpace();
        const quote = text[at];
        if (quote !== '"' && quote !== "'") fail(`attribute ${attribute.slice(0, 40)} has no quoted value`);
        const start = at + 1;
        at = start;
        skipTo(quote as string, `attribute ${attribute.slice(0, 40)}`);
        if (attributes.size >= MAX_ATTRIBUTES) fail('an element has too many attributes');
        attributes.set(localName(attribute), decode(text.slice(start, at - 1)));
      }
      hasRoot = true;
      const isEmpty = text[at] === '/';
      if (isEmpty) at += 1;
      if (text[at] !== '>') fail(`<${name.slice(0, 40)} has no end`);
      at += 1;
      yield { kind: 'open', name: localName(name), attributes };
      if (isEmpty) yield { kind: 'close', name: localName(name) };
      else if (open.push(name) > MAX_DEPTH) fail('elements are nested too deep');
    }
  }
  if (open.length > 0) fail(`<${open.at(-1)?.slice(0, 40)}> is not closed`);
  if (!hasRoot) fail('there is no element in it');
}

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1);

/** The place after `<!…>`, whose quoted texts and `[…]` may hold any character. */
function skipDeclaration(text: string, start: number): number | undefined {
  let at = start + 2;
  let isInSubset = false;
  while (at < text.length) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return undefined;
      at = end;
    } else if (isInSubset && text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at);
      if (end < 0) return undefined;
      at = end + 2;
    } else if (character === '[') isInSubset = true;
    else if (character === ']') isInSubset = false;
    else if (character === '>' && !isInSubset) return at + 1;
    at += 1;
  }
  return undefined;
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** What is no reference that we know stays as it is written. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
}
