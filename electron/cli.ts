import { ProblemError } from '../shared/problem.ts';
import { type Command, EXIT, type Io, UsageError } from './cli/command.ts';
import { version } from './version.ts';

/**
 * `penstock`: the door for terminals and scripts. It knows no rule that the window lacks; each command is a file in cli/
 * that is loaded only when it is named, because start-up time matters here.
 */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  validate: { summary: 'check a pipeline file', load: async () => (await import('./cli/validate.ts')).command },
  run: { summary: 'run a pipeline on this machine', load: async () => (await import('./cli/run.ts')).command },
  trigger: {
    summary: 'say what a push or pull request would start',
    load: async () => (await import('./cli/trigger.ts')).command,
  },
  resume: {
    summary: 'go on with a run that was left or killed',
    load: async () => (await import('./cli/resume.ts')).command,
  },
  retry: {
    summary: 'retry the stage that failed a run',
    load: async () => (await import('./cli/retry.ts')).command,
  },
  continue: {
    summary: 'let an action go on that waits at a breakpoint',
    load: async () => (await import('./cli/continue.ts')).command,
  },
  rollback: {
    summary: 'run a stage with what an earlier run had brought there',
    load: async () => (await import('./cli/rollback.ts')).command,
  },
  override: {
    summary: 'let a run pass a condition of a stage',
    load: async () => (await import('./cli/override.ts')).command,
  },
  fork: {
    summary: 'start a run from any instant of an earlier one',
    load: async () => (await import('./cli/fork.ts')).command,
  },
  transition: {
    summary: 'disable or enable the way into a stage',
    load: async () => (await import('./cli/transition.ts')).command,
  },
  alarm: {
    summary: 'set the state of an alarm that rules watch',
    load: async () => (await import('./cli/alarm.ts')).command,
  },
  versions: {
    summary: 'list the definitions that were started',
    load: async () => (await import('./cli/versions.ts')).command,
  },
  history: { summary: 'list executions', load: async () => (await import('./cli/history.ts')).command },
  show: { summary: 'show one execution', load: async () => (await import('./cli/show.ts')).command },
  logs: { summary: "print an execution's logs", load: async () => (await import('./cli/logs.ts')).command },
  'worker-env': {
    summary: 'print what a job worker of a run needs',
    load: async () => (await import('./cli/workerEnv.ts')).command,
  },
  endpoint: {
    summary: 'serve job workers until Ctrl+C',
    load: async () => (await import('./cli/endpoint.ts')).command,
  },
  export: {
    summary: 'print the declaration for another tool',
    load: async () => (await import('./cli/export.ts')).command,
  },
  aws: {
    summary: 'list, pull, push or start pipelines in AWS',
    load: async () => (await import('./cli/aws.ts')).command,
  },
  serve: { summary: 'open Penstock in a browser tab', load: async () => (await import('./cli/serve.ts')).command },
};

const overview = () =>
  [
    'penstock COMMAND [ARGUMENTS]',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`),
    '',
    'penstock COMMAND --help says more.',
    'Exit codes: 0 succeeded, 1 it failed, 2 usage or invalid file, 3 stopped, 4 waits for a person.',
    '',
  ].join('\n');

/** Runs one command line and answers its exit code. Never throws for a fault of the user. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '') {
    io.err(overview());
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(overview());
    return EXIT.succeeded;
  }
  if (name === '--version') {
    io.out(`${version}\n`);
    return EXIT.succeeded;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    io.err(`penstock: there is no command "${name}".\n\n${overview()}`);
    return EXIT.usage;
  }
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(command.usage);
    return EXIT.succeeded;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`penstock ${name}: ${error.message}\n\n${command.usage}`);
      return EXIT.usage;
    }
    if (error instanceof ProblemError) {
      const { where, what, fix, code } = error.problem;
      io.err(`penstock: ${where && !what.includes(where) ? `${where}: ` : ''}${what}\n  ${fix} (${code})\n`);
      return OUTSIDE.test(code) ? EXIT.failed : EXIT.usage;
    }
    io.err(
      `penstock: ${name} met a fault that it has no better words for. Please report it with these details.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return EXIT.failed;
  }
}

/** Refusals of AWS, of the disk or of another Penstock: neither another command line nor another file would mend them. */
const OUTSIDE = /^(aws|push|store|history|host|data|settings)\./;
