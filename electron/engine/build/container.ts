import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, renameSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { shellQuote } from './shellQuote.ts';

/**
 * The second environment of a build: a container of an image that is on this machine. The program (Docker's command line or one that
 * takes the same words) runs in the same supervised shell as a build on the host, so exit note, cookie, adoption and end are the
 * same. The attempt's folder is mounted at its own path, and the same script runs inside. No value of a variable becomes an argument:
 * the program takes them from its own environment by name. Images are never pulled.
 */
export interface ContainerSpec {
  /** Absolute path of the program. */
  program: string;
  image: string;
  network?: 'bridge' | 'host' | 'none' | undefined;
  /** Derived from the actionExecutionId: the same one for whoever comes back to the attempt. */
  name: string;
}

const PROGRAMS = ['docker', 'podman', 'nerdctl'];

/** How the program finds its daemon; no command of a build sees these. */
const OF_PROGRAM = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'CONTAINER_HOST',
  'CONTAINERD_ADDRESS',
  'XDG_RUNTIME_DIR',
];

/** Variables that would change what the program itself, or the shell around it, does. */
const MEANS_SOMETHING_HERE =
  /^(?:PATH|HOME|TMPDIR|ENV|BASH_ENV|IFS|GO.*|LD_.*|DYLD_.*|DOCKER_.*|CONTAINER.*|NERDCTL_.*|PODMAN_.*|BUILDAH_.*|XDG_.*|SSL_.*|(?:https?|no|all)_proxy)$/i;

/** An image's name as registries know it; nothing that could be read as an option. */
const IMAGE = /^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}$/;

export function findProgram(path = process.env.PATH ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith('/'));
  for (const program of PROGRAMS) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return join(folder, program);
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

/** @throws ActionFailure `ConfigurationError` when there is no program on this machine, or the image has no such name. */
export function containerOf(
  binding: { image: string; network?: ContainerSpec['network'] },
  actionExecutionId: string,
  program: string | undefined,
): ContainerSpec {
  const { image, network } = binding;
  if (!IMAGE.test(image)) {
    throw new ActionFailure(
      'ConfigurationError',
      `"${image.slice(0, 100)}" is no name of an image.`,
      'Name the image of the bound project as in "docker run", for example node:24.',
    );
  }
  if (program === undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      `The bound project runs in a container of ${image}, but this machine has none of ${PROGRAMS.join(', ')}.`,
      'Install one of them, or remove the container from the bound project to run on this machine’s own shell.',
    );
  }
  return { program, image, network, name: `penstock-${actionExecutionId}` };
}

/** Looks whether the image is here. @throws ActionFailure `ConfigurationError` when it is not, or the daemon does not answer. */
export async function checkImage({ program, image }: ContainerSpec): Promise<void> {
  const { code, text } = await call(program, ['image', 'inspect', '--format', '{{.Id}}', image]);
  if (code === 0) return;
  const name = basename(program);
  const isMissing = /no such (?:image|object)|image not known|not found/i.test(text);
  throw new ActionFailure(
    'ConfigurationError',
    isMissing
      ? `The image ${image} is not on this machine, and Penstock pulls none.`
      : `${name} does not answer: ${text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}`,
    isMissing ? `Run "${name} pull ${image}", or build the image, then retry the stage.` : `Start ${name}, then retry.`,
  );
}

/** Ends and removes the attempt's container, if there is one. */
export async function removeContainer({ program, name }: ContainerSpec): Promise<void> {
  await call(program, ['rm', '--force', name]);
}

const ANSWER_MS = 30_000;

function call(program: string, parameters: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(program, parameters, { timeout: ANSWER_MS, env: programEnvironment() }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, text: stderr || stdout || error?.message || '' });
    });
  });
}

function programEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', ...OF_PROGRAM];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name] as string]] : [])));
}

export interface ContainerRequest {
  container: ContainerSpec;
  /** Of the build; it relies on `penstock_exit`, as on the host. */
  script: string;
  shell: 'sh' | 'bash';
  /** The build's own variables, and those of the script. */
  environment: Readonly<Record<string, string>>;
  /** Names of those whose values are secret. */
  secretNames: ReadonlySet<string>;
  cwd: string;
  /** The attempt's folder, with the workspace in it. */
  folder: string;
  /** Variables that a process of ours carries on the host as well. */
  passed: readonly string[];
}

/**
 * The script for the host's shell that runs the build in its container, and the variables that this shell is given.
 * @throws ActionFailure `ConfigurationError` for a secret whose name means something to the program itself: its value could only be
 *   passed as an argument, which every user of this machine can read.
 */
export function containerScript(request: ContainerRequest): { script: string; environment: Record<string, string> } {
  const { container, environment, secretNames, cwd, folder, shell } = request;
  const inside = join(folder, 'inside');
  if (!existsSync(inside)) {
    // A shell reads its script piece by piece: one that runs already keeps what it has.
    writeFileSync(`${inside}.new`, insideScript(request.script, folder), { mode: 0o600 });
    renameSync(`${inside}.new`, inside);
  }
  const given: Record<string, string> = {};
  const variables: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    // What no process can be given is refused where the host's shell is given it.
    if (!MEANS_SOMETHING_HERE.test(name) || !/^\w+$/.test(name) || value.includes('\0')) {
      given[name] = value;
      variables.push('-e', name);
    } else if (secretNames.has(name)) {
      throw new ActionFailure(
        'ConfigurationError',
        `The secret variable ${name} cannot be given to a container: its name means something to ${basename(container.program)} itself.`,
        'Give the variable another name, or run the build without a container.',
      );
    } else variables.push('-e', `${name}=${value}`);
  }
  for (const name of request.passed) variables.push('-e', name);
  const run = [
    container.program,
    'run',
    '--rm',
    '--pull',
    'never',
    '--name',
    container.name,
    // What a container prints goes to the action's log alone: the daemon would keep it unmasked.
    '--log-driver',
    'none',
    ...(container.network ? ['--network', container.network] : []),
    ...(basename(container.program) === 'podman' ? ['--security-opt', 'label=disable'] : []),
    '--mount',
    mountOf(folder),
    '--workdir',
    cwd,
    ...variables,
    '--entrypoint',
    shell,
    container.image,
    inside,
  ];
  const end = [container.program, 'kill', container.name].map(shellQuote).join(' ');
  const script = `trap ${shellQuote(`${end} >/dev/null 2>&1`)} TERM INT HUP
${run.map(shellQuote).join(' ')} &
penstock_client=$!
wait "$penstock_client"
penstock_status=$?
while kill -0 "$penstock_client" 2>/dev/null; do
  wait "$penstock_client"
  penstock_status=$?
done
exit "$penstock_status"`;
  return { script, environment: { ...ofProgram(), ...given } };
}

const ofProgram = () => {
  const { PATH: _, HOME: __, ...rest } = programEnvironment();
  return rest;
};

/** Files that a container's root made belong to the owner of the folder in the end, so that the workspace can be removed. */
const insideScript = (
  script: string,
  folder: string,
) => `penstock_owner=$(stat -c %u:%g ${shellQuote(folder)} 2>/dev/null)
penstock_exit() {
  penstock_code=$?
  trap - EXIT
  case $penstock_owner in '' | 0:0) ;; *) chown -R "$penstock_owner" ${shellQuote(folder)} 2>/dev/null ;; esac
  exit "$penstock_code"
}
trap penstock_exit EXIT
${script}
`;

/** A field of the list is quoted where it holds what separates fields. */
const mountOf = (path: string) =>
  ['type=bind', `source=${path}`, `target=${path}`]
    .map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
