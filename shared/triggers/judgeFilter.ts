import { eventText, type GitEvent } from './gitEvent.ts';
import { parseGlob } from './glob.ts';
import { quoted, quotedAll } from './words.ts';

/** One push or pull request filter of a declaration; unknown members may be there too. */
export interface GitFilter {
  events?: readonly string[] | undefined;
  tags?: Patterns | undefined;
  branches?: Patterns | undefined;
  filePaths?: Patterns | undefined;
}
export interface Patterns {
  includes?: readonly string[] | undefined;
  excludes?: readonly string[] | undefined;
}

export interface Judgement {
  isMatched: boolean;
  /** One sentence for each criterion that was looked at, each naming the pattern and the value. */
  why: string[];
}

/** Only so many changed files are looked at (reference/execution-semantics.md §13). */
export const MAX_FILES = 100;
/** So many files are named in a sentence. */
const NAMED_FILES = 5;

/**
 * Whether an event passes a filter: branches, file paths, tags and events are ANDed; patterns of one list are ORed; an
 * exclude always wins (reference/execution-semantics.md §13).
 */
export function judgeFilter(kind: 'push' | 'pullRequest', filter: GitFilter, event: GitEvent): Judgement {
  const fault = combinationFault(kind, filter);
  if (fault) return no(fault);
  if (kind === 'pullRequest') {
    if (event.kind !== 'pullRequest') return no(`It filters pull requests; the event is ${eventText(event)}.`);
    const criteria = [judgeEvent(filter.events, event.event)];
    // [unsure] in AWS: the destination branch is what the reference advises to match.
    if (filter.branches) criteria.push(judgeName('Destination branch', event.destinationBranch, filter.branches));
    if (filter.filePaths) criteria.push(judgeFiles(event.changedFiles, filter.filePaths));
    return all(criteria);
  }
  if (event.kind === 'pullRequest') return no(`It filters pushes; the event is ${eventText(event)}.`);
  if (event.kind === 'tag') {
    if (!filter.tags) return no(`It filters on branches; the event is ${eventText(event)}.`);
    return judgeName('Tag', event.tag, filter.tags);
  }
  if (!filter.branches) return no(`It filters on tags; the event is ${eventText(event)}.`);
  const criteria = [judgeName('Branch', event.branch, filter.branches)];
  if (filter.filePaths) {
    criteria.push(
      event.isNew
        ? no(
            `The push creates branch ${quoted(event.branch)}: there is nothing to compare file paths with, so it starts nothing.`,
          )
        : judgeFiles(event.changedFiles, filter.filePaths),
    );
  }
  return all(criteria);
}

const no = (why: string): Judgement => ({ isMatched: false, why: [why] });
const yes = (why: string): Judgement => ({ isMatched: true, why: [why] });
const all = (criteria: readonly Judgement[]): Judgement => ({
  isMatched: criteria.every(({ isMatched }) => isMatched),
  why: criteria.flatMap(({ why }) => why),
});

/** Valid push combinations: tags; branches; branches + filePaths. Of pull requests: branches; branches + filePaths (T-003, T-004). */
function combinationFault(kind: 'push' | 'pullRequest', filter: GitFilter): string | undefined {
  const given = (['tags', 'branches', 'filePaths'] as const).filter((key) => filter[key] !== undefined);
  const rule =
    kind === 'push'
      ? 'A push filter has tags, or branches, or branches and filePaths'
      : 'A pull request filter has branches, or branches and filePaths, each with events or without';
  if (given.includes('tags') && (kind === 'pullRequest' || given.length > 1)) {
    return `The combination of ${given.join(' and ')} is not allowed. ${rule}; use two filters.`;
  }
  if (given.includes('filePaths') && !given.includes('branches')) return `filePaths alone are not allowed. ${rule}.`;
  if (given.length === 0 && (kind === 'push' || filter.events === undefined)) return `The filter is empty. ${rule}.`;
  const hollow = given.find((key) => !filter[key]?.includes?.length && !filter[key]?.excludes?.length);
  return hollow && `The criterion ${hollow} has no patterns. Give it includes or excludes.`;
}

function judgeEvent(events: readonly string[] | undefined, event: string): Judgement {
  if (events === undefined) return yes(`Every pull request event counts, ${event} too: the filter names none.`);
  return events.includes(event)
    ? yes(`The event ${event} is one of ${events.join(', ')}.`)
    : no(`The event ${event} is not one of ${events.join(', ')}.`);
}

function judgeName(what: string, name: string, patterns: Patterns): Judgement {
  const { isMatched, why } = judgePatterns(name, patterns);
  return { isMatched, why: [`${what} ${quoted(name)} ${why}.`, ...faultsOf(patterns)] };
}

/** Each file is judged alone; one that passes is enough. */
function judgeFiles(files: readonly string[], patterns: Patterns): Judgement {
  const faults = faultsOf(patterns);
  if (files.length === 0)
    return { isMatched: false, why: ['No changed file is known, so no file path matches.', ...faults] };
  const looked = files.slice(0, MAX_FILES);
  const failed: string[] = [];
  for (const file of looked) {
    const { isMatched, why } = judgePatterns(file, patterns);
    if (isMatched) return { isMatched: true, why: [`File ${quoted(file)} ${why}.`, ...faults] };
    if (failed.length < NAMED_FILES) failed.push(`${quoted(file)} ${why}`);
  }
  const rest = looked.length - failed.length;
  const beyond =
    files.length > looked.length ? ` Only the first ${MAX_FILES} of ${files.length} changed files are looked at.` : '';
  const count =
    looked.length === 1 ? 'The changed file does not pass' : `None of ${looked.length} changed files passes`;
  return {
    isMatched: false,
    why: [`${count}: ${failed.join('; ')}${rest > 0 ? `; ${rest} more` : ''}.${beyond}`, ...faults],
  };
}

/** The judgement of one name, as the end of a sentence about it. */
export function judgePatterns(name: string, { includes, excludes }: Patterns): { isMatched: boolean; why: string } {
  const excluded = excludes?.find((pattern) => parseGlob(pattern).matches(name));
  const included = includes?.find((pattern) => parseGlob(pattern).matches(name));
  if (excluded !== undefined) {
    const despite =
      included === undefined ? '' : `; it matches the include ${quoted(included)} too, but an exclude wins`;
    return { isMatched: false, why: `matches the exclude ${quoted(excluded)}${despite}` };
  }
  if (includes === undefined)
    return { isMatched: true, why: `passes: it matches no exclude (${quotedAll(excludes ?? [])})` };
  if (included !== undefined) return { isMatched: true, why: `matches the include ${quoted(included)}` };
  return {
    isMatched: false,
    why:
      includes.length === 1
        ? `does not match the include ${quotedAll(includes)}`
        : `matches none of the includes ${quotedAll(includes)}`,
  };
}

/** Patterns that are none; they match nothing, which would otherwise look like a name that does not fit. */
function faultsOf({ includes = [], excludes = [] }: Patterns): string[] {
  return [...includes, ...excludes].flatMap((pattern) => {
    const { fault } = parseGlob(pattern);
    return fault === undefined ? [] : [`${quoted(pattern)} is no pattern: ${fault}. It matches nothing.`];
  });
}
