import { realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { createPatch } from 'diff';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { createAws } from '../aws/createAws.ts';
import { createPushTargets } from '../aws/pushTargets.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { openPreferences } from '../preferences.ts';
import { createSettings } from '../settings.ts';
import { type Command, EXIT, type Io, isYes, parse, UsageError } from './command.ts';
import { problemText, readPipelineFile } from './readFile.ts';

const options = {
  profile: { type: 'string' },
  region: { type: 'string' },
  endpoint: { type: 'string' },
  out: { type: 'string', short: 'o' },
  account: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
} as const;

export const command: Command = {
  usage: `penstock aws list|pull NAME|push FILE|start NAME [OPTIONS]

  list            the pipelines of the account and region
  pull NAME       print a pipeline's declaration, or write it (-o FILE, never over an existing file)
  push FILE       create or update the pipeline, after showing account, region and difference
  start NAME      start an execution in AWS

  --profile, --region, --endpoint   instead of those in Settings
  --account ID                      push only if it goes to this account
  --yes, -y                         push without asking; to another account than the last time only with --account
  --json                            machine-readable output
  --data-dir DIR                    where the settings are
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 1, max: 2 });
    const [what, name = ''] = positionals;
    if (!what || !['list', 'pull', 'push', 'start'].includes(what))
      throw new UsageError(`"${what}" is none of list, pull, push, start.`);
    if (what === 'list' && name) throw new UsageError('"aws list" takes no name.');
    if (what !== 'list' && !name) throw new UsageError(`"aws ${what}" wants a name.`);
    const directory = dataDirectory(io.environment, values['data-dir']);
    const stored = createSettings({
      directory,
      open: openPreferences,
      onChange: () => {},
      onRecovered: (found) => io.err(problemText(found)),
    }).get();
    const { profile = stored.aws.profile, region = stored.aws.region, endpoint = stored.aws.endpoint } = values;
    const settings = settingsSchema.safeParse({ ...stored, aws: { profile, region, endpoint } });
    if (!settings.success)
      throw new UsageError('--region wants a region such as eu-west-1, --endpoint an http(s) address.');
    const file = what === 'push' ? resolve(io.cwd, name) : '';
    let pulled = '';
    const aws = createAws({
      settings: { get: () => settings.data },
      targets: createPushTargets(directory),
      documents: {
        get: (documentId) => ({ documentId, path: file, folder: dirname(file), openedAs: dirname(file) }),
        openText: (pipelineName, text) => {
          pulled = text;
          return {
            documentId: pipelineName,
            path: '',
            name: pipelineName,
            format: 'json',
            text,
            sidecar: emptySidecar(),
            problems: [],
          };
        },
      },
    });
    try {
      switch (what) {
        case 'list': {
          const listed = await aws.handlers.listAwsPipelines({});
          if (listed.length === 0) io.err('There are no pipelines in this account and region.\n');
          for (const found of listed) {
            io.out(
              values.json
                ? `${JSON.stringify(found)}\n`
                : `${found.name}  version ${found.version}  ${found.pipelineType}  ${found.executionMode}\n`,
            );
          }
          return EXIT.succeeded;
        }
        case 'pull':
          await aws.handlers.pullPipeline({ pipelineName: name });
          await write(pulled, values.out && resolve(io.cwd, values.out), io);
          if (values.out) io.err(`Written to ${values.out}.\n`);
          return EXIT.succeeded;
        case 'push':
          return await push(aws.handlers, name, values, io);
        default: {
          const started = await aws.handlers.startAwsExecution({ pipelineName: name });
          io.out(values.json ? `${JSON.stringify(started)}\n` : `${started.pipelineExecutionId}\n`);
          return EXIT.succeeded;
        }
      }
    } finally {
      aws.close();
    }
  },
};

async function write(text: string, path: string | undefined, io: Io): Promise<void> {
  if (!path) return io.out(text);
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new ProblemError({
      code: 'file.not-written',
      where: path,
      what:
        error.code === 'EEXIST'
          ? 'A file of this name exists and is never overwritten.'
          : `The file cannot be written (${error.code}).`,
      fix: 'Name another file.',
    });
  });
}

async function push(
  handlers: ReturnType<typeof createAws>['handlers'],
  file: string,
  options: { yes?: boolean; account?: string; json?: boolean },
  io: Io,
): Promise<number> {
  const { text, path } = await readPipelineFile(file, io.cwd);
  const review = await handlers.preparePush({ documentId: realpathSync(path), text });
  const {
    pipelineName,
    account,
    region,
    profile,
    endpoint,
    exists,
    liveVersion,
    live,
    local,
    warnings,
    isOtherAccount,
  } = review;
  io.err(
    `${exists ? `Update ${pipelineName} (live version ${liveVersion})` : `Create ${pipelineName}`} in account ${account || 'unknown'}, ${region}${profile && `, profile ${profile}`}${endpoint && `, endpoint ${endpoint}`}\n`,
  );
  for (const { what, fix } of warnings) io.err(`  ${what} ${fix}\n`);
  if (options.account !== undefined && options.account !== account)
    throw new UsageError(
      `This push goes to account ${account || 'unknown'}, not to ${options.account}. Nothing was pushed.`,
    );
  if (exists && live === local) {
    io.err('Nothing differs; nothing was pushed.\n');
    if (options.json) io.out(`${JSON.stringify({ pipelineName, version: liveVersion })}\n`);
    return EXIT.succeeded;
  }
  io.err(createPatch(basename(path), live, local, exists ? `version ${liveVersion}` : 'absent', 'local'));
  if (!options.yes || (isOtherAccount && options.account === undefined)) {
    if (!io.isInteractive) {
      io.err(
        isOtherAccount
          ? 'This is another account than the last time: say which one you mean with --account ID.\n'
          : 'This changes AWS: run it with --yes after reading the difference above.\n',
      );
      return EXIT.usage;
    }
    const isMeant = isOtherAccount
      ? (await io.ask(`Push to another account than the last time? Type its number (${account}) `))?.trim() === account
      : isYes(await io.ask('Push? [y/N] '));
    if (!isMeant) {
      io.err('Nothing was pushed.\n');
      return EXIT.stopped;
    }
  }
  const { version } = await handlers.pushPipeline({ pushId: review.pushId, account });
  io.err(`${pipelineName} is now at version ${version}.\n`);
  if (options.json) io.out(`${JSON.stringify({ pipelineName, version })}\n`);
  return EXIT.succeeded;
}
