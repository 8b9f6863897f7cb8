import { shellQuote } from './shellQuote.ts';

/**
 * Lines of a build's script that compare runtime-versions with the tools that are there (reference/buildspec.md §4). Nothing is
 * installed and nothing fails: the log says which version the build gets.
 */
export function runtimeChecks(runtimeVersions: ReadonlyMap<string, string>): string[] {
  const checks = [...runtimeVersions].map(([runtime, version]) => {
    const tool = tools.get(runtime);
    if (!tool) return `penstock_say ${shellQuote(`Runtime ${runtime} ${version}: Penstock does not look for it.`)}`;
    return `penstock_runtime ${runtime} ${wantedOf(version)} ${tool.command} ${tool.argument}`;
  });
  return checks.length === 0 ? [] : [FUNCTION, ...checks];
}

/** How a tool tells its version: the first number that it prints. */
const tools: ReadonlyMap<string, { command: string; argument: string }> = new Map([
  ['dotnet', { command: 'dotnet', argument: '--version' }],
  ['golang', { command: 'go', argument: 'version' }],
  ['java', { command: 'java', argument: '-version' }],
  ['nodejs', { command: 'node', argument: '--version' }],
  ['php', { command: 'php', argument: '--version' }],
  ['python', { command: 'python3', argument: '--version' }],
  ['ruby', { command: 'ruby', argument: '--version' }],
]);

/** A version may be a reference to a variable; any other text is taken as it is. */
function wantedOf(version: string): string {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(version);
  return name ? `"\${${name[1] ?? name[2]}-}"` : shellQuote(version);
}

/** `18`, `18.x`, `corretto17` and `latest` against what the tool prints; a version fits when it begins alike. */
const FUNCTION = String.raw`penstock_runtime() {
  if ! command -v "$3" >/dev/null 2>&1; then
    penstock_say "Runtime $1 $2: there is no $3 here."
    return 0
  fi
  penstock_have=$("$3" "$4" 2>&1 </dev/null | sed -n 's/^[^0-9]*\([0-9][0-9.]*\).*/\1/p' | head -n 1)
  penstock_have=${'$'}{penstock_have%.}
  penstock_want=${'$'}{2%.x} penstock_want=${'$'}{penstock_want#corretto} penstock_want=${'$'}{penstock_want#openjdk}
  case $penstock_have in 1.8.*) if [ "$1" = java ]; then penstock_have=8; fi ;; esac
  if [ "$penstock_want" = latest ]; then penstock_say "Runtime $1 $2: $3 here is $penstock_have."
  else
    case $penstock_have in
      "$penstock_want" | "$penstock_want".*) penstock_say "Runtime $1 $2: $3 here is $penstock_have." ;;
      *) penstock_say "Warning: runtime $1 $2 is wanted, but $3 here is ${'$'}{penstock_have:-of an unknown version}; the build uses it." ;;
    esac
  fi
}`;
