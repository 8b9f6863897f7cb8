import { parseDocument } from '../../model/documentText.ts';
import type { DocumentFormat } from '../../model/textTree.ts';
import type { Problem } from '../../problem.ts';

/** One way to mend a fault of the text itself (`text.*`): some characters become others. Offsets in UTF-16 units. */
export interface TextFix {
  kind: string;
  title: string;
  patch: { start: number; removed: string; inserted: string };
}

type Candidate = TextFix | undefined;

/**
 * The ways to mend a fault of the text, best first. Each was tried: less is wrong with the text after it. Costs a reading of the text for
 * each way, so ask for what is shown.
 */
export function textFixes(problem: Problem, text: string, format: DocumentFormat): TextFix[] {
  const at = problem.line === undefined ? undefined : offsetOf(text, problem.line, problem.column ?? 1);
  if (at === undefined) return [];
  const candidates = (format === 'json' ? inJson(problem.code, text, at) : inYaml(problem.code, text, at)).filter(
    (fix): fix is TextFix => fix !== undefined,
  );
  if (candidates.length === 0) return [];
  const before = faultsIn(text, format);
  return candidates
    .map((fix) => ({ fix, left: faultsIn(applied(text, fix), format) }))
    .filter(({ left }) => left < before)
    .sort((a, b) => a.left - b.left)
    .map(({ fix }) => fix)
    .filter((fix, index, all) => all.findIndex(({ title }) => title === fix.title) === index);
}

const applied = (text: string, { patch: { start, removed, inserted } }: TextFix): string =>
  text.slice(0, start) + inserted + text.slice(start + removed.length);

/** How much of the text cannot be read, to compare: a text that gives no pipeline is the worst. */
function faultsIn(text: string, format: DocumentFormat): number {
  const { pipeline, problems } = parseDocument(text, format);
  return problems.filter(({ code }) => code.startsWith('text.')).length + (pipeline ? 0 : 1000);
}

function offsetOf(text: string, line: number, column: number): number | undefined {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = /\r\n?|\n/.exec(text.slice(start));
    if (!end) return undefined;
    start += end.index + end[0].length;
  }
  return Math.min(start + column - 1, text.length);
}

const insert = (kind: string, title: string, start: number, inserted: string): TextFix => ({
  kind,
  title,
  patch: { start, removed: '', inserted },
});
const remove = (kind: string, title: string, start: number, removed: string): Candidate =>
  removed === '' ? undefined : { kind, title, patch: { start, removed, inserted: '' } };

/** The end of what stands before an offset, blanks left out. */
const endBefore = (text: string, at: number): number => text.slice(0, at).trimEnd().length;
const lineAround = (text: string, at: number): { start: number; line: string } => {
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  return { start, line: /^[^\r\n]*/.exec(text.slice(start))![0] };
};

function inJson(code: string, text: string, at: number): Candidate[] {
  if (code === 'text.trailing-comma') {
    const end = endBefore(text, at);
    return [text[end - 1] === ',' ? remove('trailing-comma', 'Remove the comma', end - 1, ',') : undefined];
  }
  if (code === 'text.comment') {
    const comment = /^(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)/.exec(text.slice(at))?.[0] ?? '';
    const gap = /[ \t]*$/.exec(text.slice(0, at))![0];
    return [remove('comment', 'Remove the comment', at - gap.length, gap + comment)];
  }
  if (code !== 'text.syntax') return [];
  const end = endBefore(text, at);
  const literal = /"[^"\\\r\n]{0,20}"$/.exec(text.slice(0, end))?.[0] ?? '';
  const stray = /^[,:\]}]/.exec(text.slice(at))?.[0] ?? '';
  return [
    insert('comma', 'Insert the comma', end, ','),
    insert('colon', 'Insert the colon', end, ':'),
    ...closingQuotes(text, at, '"'),
    remove('stray', `Remove ${stray}`, at, stray),
    text[end - 1] === ',' ? remove('stray', 'Remove the comma', end - 1, ',') : undefined,
    remove('stray', `Remove ${literal}`, end - literal.length, literal),
    closedAtEnd(text),
  ];
}

/** A quote where the text of the line ends: before a comma or bracket that follows it, or behind everything. */
function closingQuotes(text: string, at: number, quote: string): TextFix[] {
  const { start, line } = lineAround(text, at);
  const ends = [line.replace(/[\s,\]}]+$/, '').length, line.replace(/\s*,?\s*$/, '').length, line.trimEnd().length];
  return [...new Set(ends)].map((end) => insert('quote', 'Close the text with a quote', start + end, quote));
}

/** Brackets that are open at the end of the text, closed in turn, each on a line as deep as the one that opened it. */
function closedAtEnd(text: string): Candidate {
  const open: { close: string; indent: string }[] = [];
  for (const found of text.matchAll(/"(?:[^"\\\r\n]|\\.)*"?|[{}[\]]/g)) {
    const [mark] = found;
    if (mark === '{' || mark === '[') {
      const indent = /^[ \t]*/.exec(lineAround(text, found.index).line)![0];
      open.push({ close: mark === '{' ? '}' : ']', indent });
    } else if (mark === '}' || mark === ']') {
      if (open.pop()?.close !== mark) return undefined;
    }
  }
  if (open.length === 0) return undefined;
  const end = endBefore(text, text.length);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const closing = open.reverse().map(({ close, indent }) => `${lineEnd}${indent}${close}`);
  return insert('close', `Close what is open with ${open.map(({ close }) => close).join('')}`, end, closing.join(''));
}

function inYaml(code: string, text: string, at: number): Candidate[] {
  if (code !== 'text.syntax') return [];
  const { start } = lineAround(text, at);
  // What is never closed is often told of only in the line after it.
  const above = start === 0 ? [] : inYamlLine(text, endBefore(text, start - 1));
  return [...inYamlLine(text, at), ...above];
}

function inYamlLine(text: string, at: number): Candidate[] {
  const { start, line } = lineAround(text, at);
  const end = start + line.trimEnd().length;
  const tabs = /^ *\t[ \t]*/.exec(line)?.[0];
  const key = /^[ -]*[\w.-]+:(?=[^\s:/])/.exec(line)?.[0];
  const quote = /["']/.exec(line)?.[0];
  const count = (marks: RegExp) => line.match(marks)?.length ?? 0;
  return [
    tabs === undefined
      ? undefined
      : {
          kind: 'tab',
          title: 'Indent with spaces',
          patch: { start, removed: tabs, inserted: tabs.replaceAll('\t', '  ') },
        },
    key === undefined ? undefined : insert('space', 'Insert a space after the colon', start + key.length, ' '),
    ...(quote ? closingQuotes(text, at, quote) : []),
    count(/\[/g) > count(/\]/g) ? insert('close', 'Close the bracket', end, ']') : undefined,
    count(/\{/g) > count(/\}/g) ? insert('close', 'Close the bracket', end, '}') : undefined,
  ];
}
