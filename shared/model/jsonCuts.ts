import type { Cut } from './partedTree.ts';

/**
 * The actions of a pipeline in JSON, without reading it: {"pipeline": {"stages": [{"actions": [{…}, {…}]}]}}, with or without the
 * outermost key. Undefined where the text is not as plain as that (a comment, a text that never ends, brackets that do not match);
 * then it has to be read whole.
 */
export function jsonCuts(text: string): Cut[] | undefined {
  const cuts: Cut[] = [];
  try {
    const start = blank(text, 0);
    const end = members(text, start, (key, at) => {
      if (key === 'stages') return stages(text, at, cuts);
      if (key === 'pipeline' && text[at] === '{')
        return members(text, at, (inner, value) =>
          inner === 'stages' ? stages(text, value, cuts) : skip(text, value),
        );
      return skip(text, at);
    });
    return blank(text, end) === text.length ? cuts : undefined;
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

const stages = (text: string, at: number, cuts: Cut[]): number =>
  items(text, at, (stage) =>
    members(text, stage, (key, value) =>
      key === 'actions'
        ? items(text, value, (start) => {
            const end = skip(text, start);
            if (text[start] === '{') cuts.push({ start, end, placeholder: '0', mark: 0 });
            return end;
          })
        : skip(text, value),
    ),
  );

function blank(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
  }
}

/** The offset after a text in quotes. */
function afterText(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) return at + 1;
    else if (code === 10 || code === 13) break;
  }
  throw new NotPlain();
}

/** The offset after a value; of one in brackets, after the bracket that makes their number even. */
function skip(text: string, from: number): number {
  if (text[from] === '"') return afterText(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) at = afterText(text, at) - 1;
    else if (code === 47) throw new NotPlain();
    else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (code === 44 && depth === 0) return at;
  }
  throw new NotPlain();
}

/** What stands between brackets, one after the other; `each` answers the offset after its part. */
function list(text: string, from: number, [open, close]: string, each: (at: number) => number): number {
  if (text[from] !== open) return skip(text, from);
  let at = blank(text, from + 1);
  while (text[at] !== close) {
    const next = blank(text, each(at));
    if (next === at) throw new NotPlain();
    at = text[next] === ',' ? blank(text, next + 1) : next;
    if (text[next] !== ',' && text[next] !== close) throw new NotPlain();
  }
  return at + 1;
}

const items = (text: string, from: number, each: (at: number) => number): number => list(text, from, '[]', each);

const members = (text: string, from: number, each: (key: string, at: number) => number): number =>
  list(text, from, '{}', (at) => {
    if (text[at] !== '"') throw new NotPlain();
    const end = afterText(text, at);
    const colon = blank(text, end);
    if (text[colon] !== ':') throw new NotPlain();
    return each(text.slice(at + 1, end - 1), blank(text, colon + 1));
  });
