import type { BuildspecPhase, OnFailure, PhaseName } from '../../../shared/buildspec/buildspec.ts';
import type { BuildPlan } from '../../../shared/buildspec/planBuild.ts';
import { runtimeChecks } from './runtimeChecks.ts';
import { shellQuote } from './shellQuote.ts';

/**
 * Writes the one script that runs all phases of a build in one shell, so that `cd`, `export`, functions and `set` options
 * persist from command to command (reference/buildspec.md §5). It works in dash and bash.
 *
 * What it relies on: the text around it (electron/engine/process) defines a function `penstock_exit`, which notes `$?` as
 * the exit code, and has set it as EXIT trap; the environment names the files PENSTOCK_PHASES and PENSTOCK_EXPORTS.
 *
 * How it stays honest whatever a command does:
 * - Commands stand in single quotes in variables and are given to `eval` at top level, outside of loops, functions and
 *   conditions, so `break`, `return`, `declare` and `set -e` mean what they mean in a script.
 * - A command that ends the shell (`exit`, `set -e`, a syntax error) fires our EXIT trap. The trap notes the result and goes on
 *   with the next step in a subshell, which has all variables, functions and the folder of the shell that ended.
 * - Commands that mention `exec`, `trap`, `source` or `eval` could take the shell or its trap away. Then everything runs in a
 *   subshell from the start, and a build whose last line is missing from PENSTOCK_PHASES has failed.
 * - Shell options are put aside while our own lines run. Nothing is forked for a plain command.
 *
 * Lines of PENSTOCK_PHASES, tab-separated: `AT step`, `<phase> SUCCEEDED|FAILED - - step exitStatus`, `END state exitStatus`. The
 * two empty members held times, which cost a third of the script: a shell reads a file byte by byte. PENSTOCK_EXPORTS holds `NAME=value` entries, each
 * ended by a NUL and preceded by `e` (exported variable) or `a` (mentioned by artifacts).
 */
export function buildScript(plan: BuildPlan): { script: string; shell: 'sh' | 'bash' } {
  const writer = new ScriptWriter(plan);
  return { script: writer.write(), shell: plan.shell };
}

/** A command of the build by the number under which the script reports it. */
export interface BuildStep {
  step: number;
  phase: PhaseName;
  command: string;
}

/** The commands of a plan with the step numbers of its script. */
export function buildSteps(plan: BuildPlan): BuildStep[] {
  return new ScriptWriter(plan).steps;
}

/** Could leave our EXIT trap or our shell behind. */
const TAKES_THE_SHELL = /(?:^|[^\w-])(?:exec|trap|source|eval)(?:[^\w-]|$)|(?:^|[\s;&|({])\.\s/;

class ScriptWriter {
  readonly steps: BuildStep[] = [];
  readonly #plan: BuildPlan;
  readonly #body: string[] = [];
  #next = 1;

  constructor(plan: BuildPlan) {
    this.#plan = plan;
    for (const phase of plan.phases) this.#phase(phase);
    this.#item('penstock_finish');
  }

  write(): string {
    const { phases, runtimeVersions, exportedVariables, artifactVariables } = this.#plan;
    const isGuarded = !this.#plan.separateShells && this.steps.some(({ command }) => TAKES_THE_SHELL.test(command));
    const retries = phases.some(({ onFailure }) => onFailure?.kind === 'RETRY');
    const inSubshell = isGuarded || retries;
    return [
      START,
      FUNCTIONS,
      inSubshell ? RETRY_FUNCTION : '',
      finishFunction(exportedVariables, artifactVariables),
      ...this.steps.map(({ step, command }) => `penstock_c${step}=${shellQuote(command)}`),
      `penstock_guarded=${inSubshell ? 1 : ''}`,
      `penstock_body=${shellQuote(this.#body.join('\n'))}`,
      `penstock_trap=${shellQuote(TRAP)}`,
      ...runtimeChecks(runtimeVersions),
      inSubshell ? GUARDED : PLAIN,
    ]
      .filter((part) => part !== '')
      .join('\n');
  }

  /** Steps are numbered in order; a step that began is not begun again when the trap goes on after it. */
  #item(text: string, condition = ''): number {
    const step = this.#next++;
    // The colon: after an open quote inside eval, bash takes the next word for plain, even if it is `if`.
    this.#body.push(`:\nif [ "$penstock_at" -lt ${step} ]${condition}; then penstock_at=${step}; ${text}; fi`);
    return step;
  }

  #phase(phase: BuildspecPhase): void {
    this.#item(`penstock_begin ${phase.name}`);
    for (const command of phase.commands) this.#command(phase.name, command);
    if (phase.finally.length > 0) this.#item('penstock_run=$penstock_in');
    for (const command of phase.finally) this.#command(phase.name, command);
    this.#item(`penstock_end ${phase.name} ${afterFailure(phase.name, phase.onFailure)}`);
  }

  #command(phase: PhaseName, command: string): void {
    const step = this.#next;
    const run = `eval " $penstock_o$penstock_c${step}"`;
    // The lines after a command run with errors shut away, so that `set -x` shows the build's lines and not ours.
    this.#item(
      `penstock_before "$penstock_c${step}"\n${this.#plan.separateShells ? `( ${run} )` : run}\n{ penstock_after "$?"; } 2>/dev/null`,
      ' && [ -n "$penstock_run" ]',
    );
    this.steps.push({ step, phase, command });
  }
}

/** Whether a failed phase leads to FINALIZING at once (§4). A retry that is used up leads where it would without. */
export function stopsBuild(phase: PhaseName, onFailure: OnFailure | undefined): boolean {
  if (onFailure?.kind === 'ABORT') return true;
  if (onFailure?.kind === 'CONTINUE') return false;
  return phase === 'INSTALL' || phase === 'PRE_BUILD';
}

/** What a failed phase leads to: the arguments of penstock_end. */
function afterFailure(phase: PhaseName, onFailure: OnFailure | undefined): string {
  const next = stopsBuild(phase, onFailure) ? 'stop' : 'go';
  return onFailure?.kind === 'RETRY' ? `${next} ${onFailure.count} ${shellQuote(onFailure.pattern ?? '')}` : next;
}

const START = `penstock_phases=$PENSTOCK_PHASES penstock_exports=$PENSTOCK_EXPORTS
unset PENSTOCK_PHASES PENSTOCK_EXPORTS
penstock_at=0 penstock_stop= penstock_run= penstock_in= penstock_o= penstock_bad= penstock_rc=0 penstock_done= penstock_tries=0 penstock_nested=`;

const FUNCTIONS = String.raw`penstock_say() { printf '[Penstock] %s\n' "$1"; }
penstock_begin() {
  penstock_run= penstock_in= penstock_bad=
  if [ -z "$penstock_stop" ]; then
    penstock_run=1 penstock_in=1
    penstock_say "Entering phase $1"
  fi
}
penstock_before() {
  if [ -n "$penstock_guarded" ]; then printf 'AT\t%s\n' "$penstock_at" >> "$penstock_phases"; fi
  printf '[Penstock] Running command: %s\n' "$1"
}
penstock_after() {
  penstock_code=$1 penstock_o=
  case $- in *[euxaC]*)
    case $- in *e*) penstock_o=e ;; esac
    case $- in *u*) penstock_o=u$penstock_o ;; esac
    case $- in *x*) penstock_o=x$penstock_o ;; esac
    case $- in *a*) penstock_o=a$penstock_o ;; esac
    case $- in *C*) penstock_o=C$penstock_o ;; esac
    set +euxaC
    penstock_o="set -$penstock_o
" ;;
  esac
  if [ "$penstock_code" != 0 ]; then
    printf '[Penstock] Command did not exit successfully: exit status %s\n' "$penstock_code"
    penstock_run=
    if [ -z "$penstock_bad" ]; then penstock_bad=$penstock_at penstock_badcode=$penstock_code; fi
    if [ "$penstock_rc" = 0 ]; then penstock_rc=$penstock_code; fi
    export CODEBUILD_BUILD_SUCCEEDING=0
  fi
}
penstock_end() {
  if [ -n "$penstock_in" ]; then
    if [ -z "$penstock_bad" ]; then
      printf '%s\tSUCCEEDED\t\t\t\t0\n' "$1" >> "$penstock_phases"
      penstock_say "Phase complete: $1 State: SUCCEEDED"
    else
      printf '%s\tFAILED\t\t\t%s\t%s\n' "$1" "$penstock_bad" "$penstock_badcode" >> "$penstock_phases"
      penstock_say "Phase complete: $1 State: FAILED"
      if [ "$2" = stop ]; then penstock_stop=1; fi
      if [ "$#" -gt 2 ]; then penstock_retry "$3" "$4"; fi
    fi
  fi
}`;

/** Only in builds that may be retried. The message is the one a regex of on-failure is held against. */
const RETRY_FUNCTION = String.raw`penstock_retry() {
  if [ "$penstock_tries" -lt "$1" ]; then
    eval "penstock_text=\$penstock_c$penstock_bad"
    if [ -z "$2" ] || printf 'Error while executing command: %s. Reason: exit status %s\n' "$penstock_text" "$penstock_badcode" | grep -E -q -e "$2"; then
      penstock_stop=1
      : > "$penstock_phases.retry"
    fi
  else
    penstock_say "Not tried again: the limit of $1 is reached."
  fi
}`;

/** The end of the build: values are read from the shell that ran it, then the result is noted. */
function finishFunction(exported: readonly string[], forArtifacts: readonly string[]): string {
  const line = (mark: string, name: string) =>
    `  if [ -n "\${${name}+x}" ]; then printf '${mark}%s=%s\\0' ${name} "$${name}"; fi`;
  const lines = [...exported.map((name) => line('e', name)), ...forArtifacts.map((name) => line('a', name))];
  return [
    'penstock_finish() {',
    ...(lines.length > 0 ? ['  {', ...lines, '  } > "$penstock_exports"'] : []),
    `  if [ "$penstock_rc" = 0 ]; then penstock_state=SUCCEEDED; else penstock_state=FAILED; fi`,
    `  printf 'END\\t%s\\t%s\\n' "$penstock_state" "$penstock_rc" >> "$penstock_phases"`,
    '  penstock_done=1',
    '}',
  ].join('\n');
}

/**
 * A command ended the shell: take its exit status as the command's, and go on after it in a subshell. In the outermost shell
 * the supervisor's own trap is then fired with the final status, in a subshell, because a trap cannot fire twice in one shell.
 */
const TRAP = `{ penstock_left=$?; } 2>/dev/null
if [ -n "$penstock_done" ]; then exit "$penstock_left"; fi
{ penstock_after "$penstock_left"; } 2>/dev/null
( penstock_outermost=; trap "$penstock_trap" EXIT; eval "$penstock_body"; trap - EXIT; exit "$penstock_rc" )
penstock_left=$?
if [ -n "$penstock_outermost" ]; then ( trap penstock_exit EXIT; exit "$penstock_left" ); fi
exit "$penstock_left"`;

const PLAIN = `penstock_outermost=1
trap "$penstock_trap" EXIT
eval "$penstock_body"
trap penstock_exit EXIT
exit "$penstock_rc"`;

/** One attempt after another, each in a subshell of its own that starts from the same state. */
const GUARDED = `penstock_outermost=
penstock_attempt='
penstock_rc=0
( trap "$penstock_trap" EXIT; eval "$penstock_body"; exit "$penstock_rc" )
penstock_rc=$?
if [ -e "$penstock_phases.retry" ]; then
  rm -f "$penstock_phases.retry" "$penstock_phases"
  penstock_tries=$((penstock_tries + 1))
  penstock_say "Trying the build again ($penstock_tries)."
  eval "$penstock_attempt"
fi'
eval "$penstock_attempt"
penstock_last=
if [ -r "$penstock_phases" ]; then
  while IFS= read -r penstock_line; do penstock_last=$penstock_line; done < "$penstock_phases"
fi
case $penstock_last in
  END*) ;;
  *)
    penstock_say "A command ended or replaced the shell (exit status $penstock_rc); the commands and phases after it did not run."
    if [ "$penstock_rc" = 0 ]; then penstock_rc=1; fi ;;
esac
exit "$penstock_rc"`;
