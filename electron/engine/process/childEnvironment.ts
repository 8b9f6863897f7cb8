import { ActionFailure } from '../../../shared/providers/host.ts';

/**
 * The environment of an action's shell: an allowlist of the user's own variables, then what the build itself sets. Nothing
 * else of the host reaches a command: no AWS credentials, no NODE_OPTIONS, no ELECTRON_*, LD_*, GIT_* or npm_config_*
 * (reliability-security.md EN-01, EN-02).
 */

/** The variable by which a process of ours is recognised after a restart; its value is the actionExecutionId. */
export const COOKIE = 'PENSTOCK_COOKIE';

const ALLOWED = new Set(['PATH', 'HOME', 'LANG', 'LANGUAGE', 'TMPDIR', 'USER', 'LOGNAME', 'SHELL', 'TZ']);

/** The kernel takes no longer `NAME=value` string than this many bytes (MAX_ARG_STRLEN), and answers E2BIG. */
const MAX_STRING = 128 * 1024 - 1;

const isAllowed = (name: string) => ALLOWED.has(name) || name.startsWith('LC_');

/**
 * @param own The build's variables by name; they win over the user's. A name that no shell can hold, or a value that no
 * process can be given, is an ActionFailure `ConfigurationError` naming the variable.
 */
export function childEnvironment(
  cookie: string,
  own: Readonly<Record<string, string>>,
  host: Readonly<Record<string, string | undefined>> = ofThisHost(),
): Record<string, string> {
  const environment: Record<string, string> = { TERM: 'dumb' };
  for (const name in host) {
    const value = host[name];
    if (value !== undefined && isAllowed(name)) environment[name] = value;
  }
  for (const [name, value] of Object.entries(own)) {
    check(name, value);
    environment[name] = value;
  }
  environment[COOKIE] = cookie;
  return environment;
}

let copied: Record<string, string | undefined> | undefined;

/** Taken once: looking through process.env costs a system call for each variable. */
function ofThisHost(): Record<string, string | undefined> {
  copied ??= { ...process.env };
  return copied;
}

function check(name: string, value: string): void {
  const fault = faultOf(name, value);
  if (!fault) return;
  throw new ActionFailure(
    'ConfigurationError',
    `The environment variable ${JSON.stringify(name.slice(0, 100))} ${fault}.`,
    'Change it in the action, the bound project or the buildspec.',
  );
}

function faultOf(name: string, value: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'has a name that is not letters, digits and underscores';
  if (name === COOKIE) return 'is reserved for Penstock';
  if (value.includes('\0')) return 'has a NUL character in its value';
  if (Buffer.byteLength(value) + name.length + 2 > MAX_STRING) return 'is longer than 128 KiB';
  return undefined;
}
