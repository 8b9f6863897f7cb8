/**
 * The patterns of trigger filters (reference/execution-semantics.md §13): `*`, `**`, `?`, sets, alternatives, escapes. A
 * pattern becomes a small machine whose states are all followed at once, so the work is bounded by its length times that of
 * the name, whatever the pattern is; nothing is ever tried twice. Letters are compared exactly, and the whole name must match.
 */
export interface Glob {
  readonly pattern: string;
  /** What is wrong with the pattern; it then matches nothing. */
  readonly fault?: string;
  matches(name: string): boolean;
}

/** Longer patterns are no pattern of AWS (reference/pipeline-structure.md §7). */
const MAX_PATTERN = 255;

type Accepts = (char: string) => boolean;
/** `take`: one character, then the next step. `go`: on at any of these steps, without a character. `end`: a match. */
type Step = { kind: 'take'; accepts: Accepts } | { kind: 'go'; to: number[] } | { kind: 'end' };

const isAnything: Accepts = () => true;
const isNoSlash: Accepts = (char) => char !== '/';

class PatternFault extends Error {}

export function parseGlob(pattern: string): Glob {
  try {
    const steps = new Compiler(pattern).compile();
    return { pattern, matches: (name) => follow(steps, name) };
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    return { pattern, fault: error.message, matches: () => false };
  }
}

/** Turns the pattern into steps, left to right; alternatives do not nest, so there is at most one open. */
class Compiler {
  readonly #chars: string[];
  readonly #steps: Step[] = [];
  #at = 0;
  /** True where a file name's part begins: at the start and after `/`. */
  #isPartStart = true;
  #group: { fork: number[]; exits: number[][]; isPartStart: boolean } | undefined;

  constructor(pattern: string) {
    if (pattern.length > MAX_PATTERN) throw new PatternFault(`it is longer than ${MAX_PATTERN} characters`);
    this.#chars = [...pattern];
  }

  compile(): Step[] {
    while (this.#at < this.#chars.length) this.#next();
    if (this.#group) throw new PatternFault('a "{" is never closed');
    this.#steps.push({ kind: 'end' });
    return this.#steps;
  }

  #next(): void {
    const char = this.#chars[this.#at]!;
    this.#at += 1;
    switch (char) {
      case '*':
        return this.#stars();
      case '?':
        return this.#take(isNoSlash);
      case '[':
        return this.#take(this.#set());
      case '{':
        return this.#open();
      case ',':
        return this.#group ? this.#alternative() : this.#literal(char);
      case '}':
        return this.#group ? this.#close() : this.#literal(char);
      case '\\': {
        const escaped = this.#chars[this.#at];
        if (escaped === undefined) throw new PatternFault('it ends with a "\\" that escapes nothing');
        this.#at += 1;
        return this.#literal(escaped);
      }
      default:
        return this.#literal(char);
    }
  }

  #take(accepts: Accepts, isPartStart = false): void {
    this.#steps.push({ kind: 'take', accepts });
    this.#isPartStart = isPartStart;
  }

  #literal(literal: string): void {
    this.#take((char) => char === literal, literal === '/');
  }

  #go(to: number[]): number[] {
    this.#steps.push({ kind: 'go', to });
    return to;
  }

  /** Zero or more characters. */
  #loop(accepts: Accepts): void {
    const start = this.#steps.length;
    this.#go([start + 1, start + 3]);
    this.#take(accepts);
    this.#go([start]);
  }

  #stars(): void {
    let count = 1;
    for (; this.#chars[this.#at] === '*'; this.#at += 1) count += 1;
    if (count === 1) return this.#loop(isNoSlash);
    if (!this.#isPartStart || this.#chars[this.#at] !== '/') return this.#loop(isAnything);
    // `**/` = zero or more directories, so that `common/**/*.js` takes common/app.js too. Twice in a row says no more than once.
    do this.#at += 1;
    while (this.#skips('**/'));
    const skip = this.#go([this.#steps.length + 1]);
    this.#loop(isAnything);
    this.#literal('/');
    skip.push(this.#steps.length);
  }

  /** Moves to the last character of `text` when it comes next, so that a step over it goes on behind it. */
  #skips(text: string): boolean {
    if (![...text].every((char, index) => this.#chars[this.#at + index] === char)) return false;
    this.#at += text.length - 1;
    return true;
  }

  #set(): Accepts {
    const isNegated = this.#chars[this.#at] === '!';
    if (isNegated) this.#at += 1;
    const start = this.#at;
    const end = this.#chars.indexOf(']', start);
    if (end < 0) throw new PatternFault('a "[" is never closed');
    if (end === start) throw new PatternFault('the set "[]" is empty');
    const members = this.#chars.slice(start, end);
    if (members.includes('/')) throw new PatternFault('a set cannot hold "/"');
    this.#at = end + 1;
    const ranges: [first: string, last: string][] = [];
    for (let index = 0; index < members.length; index += 1) {
      const first = members[index]!;
      const last = members[index + 2];
      // A "-" is itself where it stands first (or last): then it has no two ends.
      if (members[index + 1] === '-' && last !== undefined && !(index === 0 && first === '-')) {
        if (code(last) < code(first)) throw new PatternFault(`the range "${first}-${last}" runs backwards`);
        ranges.push([first, last]);
        index += 2;
      } else ranges.push([first, first]);
    }
    const isMember: Accepts = (char) =>
      ranges.some(([first, last]) => code(first) <= code(char) && code(char) <= code(last));
    return (char) => char !== '/' && isMember(char) !== isNegated;
  }

  #open(): void {
    if (this.#group) throw new PatternFault('a "{" stands inside another one, and alternatives do not nest');
    const fork = this.#go([this.#steps.length + 1]);
    this.#group = { fork, exits: [], isPartStart: this.#isPartStart };
  }

  #alternative(): void {
    const { fork, exits, isPartStart } = this.#group!;
    exits.push(this.#go([]));
    fork.push(this.#steps.length);
    this.#isPartStart = isPartStart;
  }

  #close(): void {
    for (const exit of this.#group!.exits) exit.push(this.#steps.length);
    this.#group = undefined;
    this.#isPartStart = false;
  }
}

const code = (char: string): number => char.codePointAt(0) ?? 0;

/** Whether the steps lead from the first to the last character of the name: all ways are followed side by side. */
function follow(steps: readonly Step[], name: string): boolean {
  /** For each step the number of the last character after which it was reached: each is looked at once for a character. */
  const reached = new Uint32Array(steps.length);
  let round = 1;
  let isEnd = false;
  let next: number[] = [];
  const reach = (from: number) => {
    const waiting = [from];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (reached[at] === round) continue;
      reached[at] = round;
      const step = steps[at]!;
      if (step.kind === 'go') waiting.push(...step.to);
      else if (step.kind === 'end') isEnd = true;
      else next.push(at);
    }
  };
  reach(0);
  for (const char of name) {
    const current = next;
    next = [];
    isEnd = false;
    round += 1;
    for (const at of current) {
      const step = steps[at]!;
      if (step.kind === 'take' && step.accepts(char)) reach(at + 1);
    }
    if (next.length === 0 && !isEnd) return false;
  }
  return isEnd;
}
