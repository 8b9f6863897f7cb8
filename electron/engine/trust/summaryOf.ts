import type { Executable, ExecutableKind } from './listExecutables.ts';

const NAMES: readonly (readonly [ExecutableKind, one: string, many: string])[] = [
  ['command', 'command', 'commands'],
  ['buildspec', 'buildspec', 'buildspecs'],
  ['script', 'script', 'scripts'],
  ['function', 'function', 'functions'],
  ['unread', 'file that could not be read', 'files that could not be read'],
];

/**
 * What a run would do, counted: "4 commands and 1 buildspec; sets variables for 1 action; writes into 1 folder". '' = nothing.
 */
export function summaryOf(executables: readonly Pick<Executable, 'kind'>[]): string {
  const count = (kind: ExecutableKind) => executables.filter((one) => one.kind === kind).length;
  const runs = NAMES.flatMap(([kind, one, many]) => {
    const number = count(kind);
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  });
  const [variables, folders] = [count('environment'), count('folder')];
  return [
    runs.length > 1 ? `${runs.slice(0, -1).join(', ')} and ${runs.at(-1)}` : (runs[0] ?? ''),
    variables === 0 ? '' : `sets variables for ${variables === 1 ? '1 action' : `${variables} actions`}`,
    folders === 0 ? '' : `writes into ${folders === 1 ? '1 folder' : `${folders} folders`}`,
  ]
    .filter(Boolean)
    .join('; ');
}
