import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What every command of the CLI is made of. */
export interface Command {
  readonly usage: string;
  run(argv: readonly string[], io: Io): Promise<number>;
}

/** The terminal, as commands see it; specs lend their own. */
export interface Io {
  /** Results: stdout. When nobody reads them any more, they are dropped in silence. */
  out(text: string): void;
  /** Resolves when what was written to stdout was taken: false when nobody will read more. */
  drained(): Promise<boolean>;
  /** Text for people: stderr. */
  err(text: string): void;
  /** True when a person can answer questions. */
  readonly isInteractive: boolean;
  /** Asks a person one line; undefined when they leave without an answer (Ctrl+D, Ctrl+C) or `signal` ends the question. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Called at each Ctrl+C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Called when the system asks the process to end (SIGTERM), until the returned function is called. */
  onTerminate(listener: () => void): () => void;
}

/**
 * The exit codes that scripts may rely on. `failed` is also the end of what AWS or this machine refused; `usage` is for what
 * another command line or another file would mend.
 */
export const EXIT = { succeeded: 0, failed: 1, usage: 2, stopped: 3, waitsForApproval: 4 } as const;

/** A command line that makes no sense; its usage is printed with it. */
export class UsageError extends Error {}

/** Options and positionals of a command line; a wrong one is a UsageError. */
export function parse<O extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: O,
  positionals: { min: number; max: number },
) {
  try {
    const parsed = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    } satisfies ParseArgsConfig);
    const { length } = parsed.positionals;
    if (length < positionals.min) throw new UsageError('An argument is missing.');
    if (length > positionals.max)
      throw new UsageError(`"${parsed.positionals[positionals.max]}" is one argument too many.`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** True for an answer that agrees; no answer does not. */
export const isYes = (answer: string | undefined): boolean => /^y(es)?$/i.test(answer?.trim() ?? '');

/** 'name=value' as its two parts. */
export function pair(text: string, option: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${option} wants NAME=VALUE, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}
