import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { parseBuildspec } from '../../../shared/buildspec/parseBuildspec.ts';
import { type BuildPlan, planBuild } from '../../../shared/buildspec/planBuild.ts';
import { buildScript } from './buildScript.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-script-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = { kind: 'buildspec', projectName: 'p', primarySource: 'Source', environment: [] } as const;

function planOf(text: string): BuildPlan {
  const { buildspec, problems } = parseBuildspec(text, 'buildspec.yml');
  if (!buildspec) throw new Error(problems.map(({ what }) => what).join(' '));
  return planBuild({ request, buildspec, given: new Map(), outputArtifacts: ['Out'] });
}

const planOfCommands = (...commands: string[]): BuildPlan =>
  planBuild({ request: { ...request, kind: 'commands', commands }, given: new Map(), outputArtifacts: [] });

const withoutMarks = (plan: BuildPlan, log: string) =>
  plan.phases
    .flatMap((phase) => [...phase.commands, ...phase.finally])
    .reduce((text, command) => text.replaceAll(`[Penstock] Running command: ${command}\n`, ''), log)
    .split('\n')
    .filter((line) => !line.startsWith('[Penstock]'))
    .join('\n');

/** Runs a plan as the supervisor does: its exit function and trap come first, then the script, all in one shell. */
function run(plan: BuildPlan, shell: string = plan.shell) {
  const phases = join(folder, 'phases');
  const exports = join(folder, 'exports');
  const exit = join(folder, 'exit');
  for (const path of [phases, exports, exit]) rmSync(path, { force: true });
  const around = `penstock_exit() { penstock_code=$?; trap - EXIT; printf '%s\\n' "$penstock_code" >'${exit}'; exit "$penstock_code"; }\ntrap penstock_exit EXIT\n`;
  writeFileSync(join(folder, 'script'), `${around}${buildScript(plan).script}\n`);
  const result = spawnSync(shell, [join(folder, 'script')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      CODEBUILD_BUILD_SUCCEEDING: '1',
      PENSTOCK_PHASES: phases,
      PENSTOCK_EXPORTS: exports,
    },
    encoding: 'utf8',
  });
  const lines = existsSync(phases) ? readFileSync(phases, 'utf8').trimEnd().split('\n') : [];
  return {
    output: withoutMarks(plan, result.stdout),
    log: result.stdout,
    stderr: result.stderr,
    code: result.status,
    noted: existsSync(exit) ? readFileSync(exit, 'utf8') : '',
    /** e.g. ['INSTALL SUCCEEDED', 'BUILD FAILED', 'END FAILED'] */
    phases: lines.filter((line) => !line.startsWith('AT')).map((line) => line.split('\t').slice(0, 2).join(' ')),
    exports: existsSync(exports) ? readFileSync(exports, 'utf8').split('\0').slice(0, -1) : [],
  };
}

const twoPhases = (...build: string[]) =>
  `version: 0.2\nphases:\n  build:\n    commands:\n${build.map((command) => `      - ${JSON.stringify(command)}\n`).join('')}  post_build:\n    commands:\n      - 'echo post SUCCEEDING=$CODEBUILD_BUILD_SUCCEEDING'\n`;

describe.each(['sh', 'bash'])('a build in %s', (shell) => {
  it('§5 runs all phases in one shell: folder, variables, functions and options persist', () => {
    const plan = planOf(`
version: 0.2
phases:
  install: { commands: ['mkdir -p deep && cd deep', 'export A=1', 'B=2', 'greet() { echo "hi $1"; }', 'set -f'] }
  build: { commands: ['greet "$A$B"', 'echo *', 'basename "$PWD"'] }
`);
    const { output, phases, code, noted } = run(plan, shell);
    expect(output.trim().split('\n')).toEqual(['hi 12', '*', 'deep']);
    expect(phases).toEqual(['INSTALL SUCCEEDED', 'BUILD SUCCEEDED', 'END SUCCEEDED']);
    expect({ code, noted }).toEqual({ code: 0, noted: '0\n' });
  });

  it('§5 prints every command before it runs and marks each phase', () => {
    const { log } = run(planOf(twoPhases('echo "one"')), shell);
    expect(log).toBe(
      [
        '[Penstock] Entering phase BUILD',
        '[Penstock] Running command: echo "one"',
        'one',
        '[Penstock] Phase complete: BUILD State: SUCCEEDED',
        '[Penstock] Entering phase POST_BUILD',
        '[Penstock] Running command: echo post SUCCEEDING=$CODEBUILD_BUILD_SUCCEEDING',
        'post SUCCEEDING=1',
        '[Penstock] Phase complete: POST_BUILD State: SUCCEEDED',
        '',
      ].join('\n'),
    );
  });

  it('§4 takes a multi-line entry for one command, of which the last line counts', () => {
    const { output, phases } = run(planOf(twoPhases('false\necho went on')), shell);
    expect(output).toContain('went on');
    expect(phases).toEqual(['BUILD SUCCEEDED', 'POST_BUILD SUCCEEDED', 'END SUCCEEDED']);
  });

  it('§5 lets a command go on in the background while later commands and phases run', () => {
    const waits = 'while [ ! -e ready ]; do sleep 0.01; done; rm ready; echo heard > answer';
    const plan = planOf(`
version: 0.2
phases:
  install: { commands: ['{ ${waits}; } & server=$!'] }
  build: { commands: ['touch ready', 'wait "$server"', 'cat answer'] }
`);
    expect(run(plan, shell).output.trim()).toBe('heard');
  });

  test.each([
    { name: 'a failing command', command: 'false', status: '1' },
    { name: 'exit 3', command: 'exit 3', status: '3' },
    { name: 'set -e', command: 'set -e\nfalse\necho unreachable', status: '1' },
    {
      name: 'set -eu with an unset variable',
      command: 'set -eu; echo "$nothing_here"',
      status: shell === 'sh' ? '2' : '1',
    },
    { name: 'a syntax error', command: 'if then', status: '2' },
    { name: 'an open quote', command: 'echo "', status: '2' },
    { name: 'a command that does not exist', command: 'penstock-no-such-command', status: '127' },
    { name: 'a redirection to nowhere', command: 'echo x > /nonexistent/file', status: shell === 'sh' ? '2' : '1' },
    { name: 'exec of another program', command: 'exec sh -c "exit 9"', status: '9', replaced: true },
    { name: 'an EXIT trap of its own', command: "trap 'echo cleaned' EXIT; exit 5", status: '5', replaced: true },
  ])('§4 fails its phase at $name, and still ends honestly', ({ command, status, replaced }) => {
    const { code, noted, phases, output } = run(planOf(twoPhases('echo before', command, 'echo never')), shell);
    expect(output).toContain('before');
    expect(output).not.toContain('never');
    expect(output).not.toContain('unreachable');
    expect({ code: String(code), noted }).toEqual({ code: status, noted: `${status}\n` });
    if (replaced) expect(phases).toEqual([]);
    else {
      expect(phases).toEqual(['BUILD FAILED', 'POST_BUILD SUCCEEDED', 'END FAILED']);
      expect(output).toContain('post SUCCEEDING=0');
    }
  });

  it('never takes a shell that was replaced for a success', () => {
    const { code, noted, phases, log } = run(planOf(twoPhases('exec true', 'echo never')), shell);
    expect({ code, noted, phases }).toEqual({ code: 1, noted: '1\n', phases: [] });
    expect(log).toContain('ended or replaced the shell');
  });

  it('goes on in the next phases with the state that the shell had when a command ended it, as often as that happens', () => {
    const plan = planOf(`
version: 0.2
env: { exported-variables: [KEPT, LATER] }
phases:
  build:
    commands: ['export KEPT=yes; private=p; f() { echo "f $private"; }; mkdir sub; cd sub', 'exit 4', 'echo never']
    finally: ['f; basename "$PWD"; exit 6', 'echo never']
  post_build: { commands: ['f; LATER=set', 'exit 0', 'echo "still here"', 'exit 8'] }
`);
    const { output, phases, exports, code, noted } = run(plan, shell);
    expect(output.trim().split('\n')).toEqual(['f p', 'sub', 'f p', 'still here']);
    expect(phases).toEqual(['BUILD FAILED', 'POST_BUILD FAILED', 'END FAILED']);
    expect(exports).toEqual(['eKEPT=yes', 'eLATER=set']);
    expect({ code, noted }).toEqual({ code: 4, noted: '4\n' });
  });

  it('§4 takes any text as a command: quotes, dollars, newlines, here-documents, EOF lines, backslashes', () => {
    const commands = [
      `printf '%s\\n' "it's" '"$HOME"' \\$x`,
      'cat <<EOF\nEOF line follows\nEOF',
      "cat <<'PENSTOCK'\n$(not run) 'q' \"d\"\nPENSTOCK",
      '-x() { :; }; echo "a \\\n b"',
      '# only a comment',
      "echo 'ünï ✓ \\'",
      'echo end \\',
    ];
    const { output } = run(
      planOfCommands(...commands.filter((command) => shell === 'bash' || !command.startsWith('-'))),
      shell,
    );
    const dashed = shell === 'bash' ? ['a  b'] : [];
    expect(output.trimEnd().split('\n')).toEqual([
      "it's",
      '"$HOME"',
      '$x',
      'EOF line follows',
      `$(not run) 'q' "d"`,
      ...dashed,
      'ünï ✓ \\',
      'end \\',
    ]);
  });

  it('keeps break, return, positional parameters and a changed IFS from disturbing the build', () => {
    const { output, phases } = run(
      planOfCommands(
        'set -- one two',
        'break',
        'continue',
        'IFS=0123456789',
        'echo "$1 $#"',
        'return 0 2>/dev/null || true',
        'echo last',
      ),
      shell,
    );
    expect(output.trim().split('\n')).toEqual(['one 2', 'last']);
    expect(phases).toEqual(['BUILD SUCCEEDED', 'END SUCCEEDED']);
  });

  it('keeps set -x across commands without showing its own lines', () => {
    const { stderr } = run(planOfCommands('set -x', 'echo seen'), shell);
    expect(stderr).toContain('echo seen');
    expect(stderr).not.toContain('penstock');
  });

  it('§4 stops after a failed INSTALL or PRE_BUILD, but runs its finally commands', () => {
    const plan = planOf(`
version: 0.2
phases:
  pre_build: { commands: ['false', 'echo never'], finally: ['echo finally'] }
  build: { commands: ['echo never'] }
  post_build: { commands: ['echo never'] }
`);
    const { output, phases } = run(plan, shell);
    expect(output.trim()).toBe('finally');
    expect(phases).toEqual(['PRE_BUILD FAILED', 'END FAILED']);
  });

  it('§4 fails a phase whose finally command fails', () => {
    const plan = planOf(`version: 0.2\nphases: { build: { commands: ['true'], finally: ['false', 'echo never'] } }`);
    expect(run(plan, shell).phases).toEqual(['BUILD FAILED', 'END FAILED']);
  });

  test.each([
    { phase: 'pre_build', onFailure: 'CONTINUE', ran: ['PRE_BUILD FAILED', 'BUILD SUCCEEDED', 'POST_BUILD SUCCEEDED'] },
    { phase: 'build', onFailure: 'ABORT', ran: ['BUILD FAILED'] },
    { phase: 'build', onFailure: 'CONTINUE', ran: ['BUILD FAILED', 'POST_BUILD SUCCEEDED'] },
  ])('§4 obeys on-failure $onFailure in $phase', ({ phase, onFailure, ran }) => {
    const others = ['pre_build', 'build', 'post_build'].filter((name) => name !== phase);
    const plan = planOf(
      `version: 0.2\nphases:\n  ${phase}: { on-failure: ${onFailure}, commands: ['false'] }\n${others.map((name) => `  ${name}: { commands: ['true'] }\n`).join('')}`,
    );
    const { phases, code } = run(plan, shell);
    expect(phases.filter((line) => phase !== 'build' || !line.startsWith('PRE_BUILD'))).toEqual([...ran, 'END FAILED']);
    expect(code).toBe(1);
  });

  test.each([
    { onFailure: 'RETRY-2', tries: 3 },
    { onFailure: 'Retry-0', tries: 1 },
    { onFailure: 'RETRY-2-exit status [0-9]', tries: 3 },
    { onFailure: 'RETRY-exit status 9', tries: 1 },
  ])('§4 tries the build $tries times under on-failure $onFailure', ({ onFailure, tries }) => {
    const plan = planOf(
      `version: 0.2\nphases: { build: { on-failure: '${onFailure}', commands: ['echo try', 'false'] } }`,
    );
    const { output, phases } = run(plan, shell);
    expect(output.trim().split('\n')).toEqual(Array(tries).fill('try'));
    expect(phases).toEqual(['BUILD FAILED', 'END FAILED']);
  });

  it('ends green when a retry succeeds', () => {
    const plan = planOf(
      `version: 0.2\nphases: { build: { on-failure: RETRY, commands: ['test -e mark || { touch mark; exit 7; }'] } }`,
    );
    const { phases, code, noted } = run(plan, shell);
    expect({ phases, code, noted }).toEqual({ phases: ['BUILD SUCCEEDED', 'END SUCCEEDED'], code: 0, noted: '0\n' });
  });

  it('runs an EXIT trap that a command set at the end of the build', () => {
    const { output, phases } = run(planOfCommands("trap 'echo cleaned' EXIT", 'echo work'), shell);
    expect(output.trim().split('\n')).toEqual(['work', 'cleaned']);
    expect(phases).toEqual(['BUILD SUCCEEDED', 'END SUCCEEDED']);
  });

  it('§3 exports the values that variables have at the end, with any character, and leaves out unset ones', () => {
    const plan = planOf(`
version: 0.2
env: { exported-variables: [LINES, GONE, EMPTY] }
phases: { build: { commands: ["LINES=\\"a\\nb 'c'\\"", 'EMPTY='] }, post_build: { commands: ['LINES="$LINES!"'] } }
`);
    expect(run(plan, shell).exports).toEqual(["eLINES=a\nb 'c'!", 'eEMPTY=']);
  });

  it('§13 runs each command of version 0.1 in a shell of its own', () => {
    const plan = planOf(
      `version: 0.1\nphases: { build: { commands: ['A=1; cd /', 'echo "[$A]"', 'exit 2', 'echo never'] }, post_build: { commands: ['basename "$PWD"'] } }`,
    );
    const { output, phases } = run(plan, shell);
    expect(output.trim().split('\n')).toEqual(['[]', folder.slice(folder.lastIndexOf('/') + 1)]);
    expect(phases).toEqual(['BUILD FAILED', 'POST_BUILD SUCCEEDED', 'END FAILED']);
  });
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
const element = 'echo "${map[k]}"';

it('declares variables of bash at top level, not inside a function', () => {
  const { output } = run(planOfCommands('declare -A map=([k]=v)', element), 'bash');
  expect(output.trim()).toBe('v');
});
