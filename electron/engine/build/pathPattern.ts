/**
 * The patterns of CodeBuild's artifacts section (reference/buildspec.md §8): `*` and `?` inside a name, `**` across folders,
 * `[a-z]` for one character. No braces and no extended globs. Every match takes time in proportion to the product of both
 * lengths at worst, whatever the pattern (reliability-security.md PR-26 to PR-29).
 */
export interface PathPattern {
  /** Whether a file's path (forward slashes, relative) is meant. */
  matches(path: string): boolean;
  /** Whether files below this folder can be meant; '' is the top. */
  reaches(folder: string): boolean;
}

export function pathPattern(text: string): PathPattern {
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
  // `dir/`, `**` and `**/` mean all that is below: AWS's own sample of a Commands action writes `**/`.
  if (text.endsWith('/') && segments.at(-1) !== '**') segments.push('**');
  if (segments.length === 0) segments.push('**');
  const firstWild = segments.findIndex(isWild);
  const fixed = firstWild < 0 ? segments.slice(0, -1) : segments.slice(0, firstWild);
  return {
    matches: (path) => matchesList(segments, path.split('/')),
    reaches(folder) {
      const names = folder === '' ? [] : folder.split('/');
      const common = Math.min(names.length, fixed.length);
      for (let at = 0; at < common; at += 1) if (names[at] !== fixed[at]) return false;
      return firstWild >= 0 || names.length < segments.length;
    },
  };
}

export const isWild = (text: string) => /[*?[]/.test(text);

/** `**` stands for any number of folders; at the end it needs at least the file's own name. */
function matchesList(pattern: readonly string[], names: readonly string[]): boolean {
  const wanted = pattern.at(-1) === '**' ? [...pattern, '*'] : pattern;
  return matchesWithStar(
    wanted.length,
    names.length,
    (at) => wanted[at] === '**',
    (at, name) => matchesName(wanted[at] as string, names[name] as string),
  );
}

/** One name against one segment, in which `*` stands for any characters. */
export function matchesName(segment: string, name: string): boolean {
  if (!isWild(segment)) return segment === name;
  const units = unitsOf(segment);
  const characters = [...name];
  return matchesWithStar(
    units.length,
    characters.length,
    (at) => units[at] === '*',
    (at, character) => {
      const unit = units[at];
      return typeof unit === 'function' ? unit(characters[character] as string) : unit === characters[character];
    },
  );
}

/** Greedy matching with one point of return: the last star is the only one that ever has to take more. */
function matchesWithStar(
  patternLength: number,
  length: number,
  isStar: (at: number) => boolean,
  matches: (at: number, index: number) => boolean,
): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < length) {
    if (at < patternLength && isStar(at)) {
      star = at++;
      resume = index;
    } else if (at < patternLength && matches(at, index)) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (at < patternLength && isStar(at)) at += 1;
  return at === patternLength;
}

type Unit = string | ((character: string) => boolean);

function unitsOf(segment: string): Unit[] {
  const units: Unit[] = [];
  const characters = [...segment];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    const end = character === '[' ? characters.indexOf(']', at + 2) : -1;
    if (character === '?') units.push(() => true);
    else if (end > 0) {
      units.push(oneOf(characters.slice(at + 1, end)));
      at = end;
    } else if (character !== '*' || units.at(-1) !== '*') units.push(character);
  }
  return units;
}

function oneOf(characters: readonly string[]): (character: string) => boolean {
  const isNegated = characters[0] === '!' || characters[0] === '^';
  const listed = isNegated ? characters.slice(1) : characters;
  const ranges: [string, string][] = [];
  for (let at = 0; at < listed.length; at += 1) {
    const from = listed[at] as string;
    const to = listed[at + 2];
    if (listed[at + 1] === '-' && to !== undefined) {
      ranges.push([from, to]);
      at += 2;
    } else ranges.push([from, from]);
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== isNegated;
}
