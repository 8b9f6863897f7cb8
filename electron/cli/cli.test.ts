import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { main } from '../cli.ts';
import type { Io } from './command.ts';

const action = (name: string, provider: string, category: string, rest: Record<string, unknown> = {}) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  ...rest,
});
const pipeline = (commands: string[], extra: unknown[] = []) => ({
  pipeline: {
    name: 'shop',
    roleArn: 'arn:aws:iam::111122223333:role/pipeline',
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: 'shop-artifacts' },
    stages: [
      {
        name: 'Source',
        actions: [
          action('Repo', 'CodeCommit', 'Source', {
            namespace: 'Src',
            configuration: { RepositoryName: 'shop', BranchName: 'main', PollForSourceChanges: 'false' },
            outputArtifacts: [{ name: 'Code' }],
          }),
        ],
      },
      {
        name: 'Build',
        actions: [
          action('Make', 'Commands', 'Compute', {
            commands,
            inputArtifacts: [{ name: 'Code' }],
            outputArtifacts: [{ name: 'Site', files: ['**/*'] }],
          }),
        ],
      },
      ...extra,
    ],
  },
});
const approval = { name: 'Approve', actions: [action('Person', 'Manual', 'Approval')] };
const deploy = {
  name: 'Deploy',
  actions: [
    action('Bucket', 'S3', 'Deploy', {
      configuration: { BucketName: 'shop-web', Extract: 'true' },
      inputArtifacts: [{ name: 'Site' }],
    }),
  ],
};

describe('penstock', () => {
  let folder: string;
  let out: string;
  let err: string;
  let interrupt: (() => void) | undefined;
  let onOutput: (() => void) | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-cli-'));
    const repository = join(folder, 'shop');
    mkdirSync(repository);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Penstock', '-c', 'user.email=specs@penstock.example', ...args], {
        cwd: repository,
        stdio: 'ignore',
      });
    writeFileSync(join(repository, 'index.html'), '<h1>Shop</h1>\n');
    git('init', '-b', 'main');
    git('add', '.');
    git('commit', '-m', 'Open the shop');
    out = '';
    err = '';
    onOutput = undefined;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  const io = (change: Partial<Io> = {}): Io => ({
    out: (text) => {
      out += text;
      onOutput?.();
    },
    err: (text) => {
      err += text;
      onOutput?.();
    },
    drained: async () => true,
    isInteractive: false,
    ask: async () => {
      throw new Error('Nobody is there to ask.');
    },
    environment: { PATH: process.env.PATH, HOME: join(folder, 'home'), PENSTOCK_DATA: join(folder, 'data') },
    cwd: folder,
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => {
        interrupt = undefined;
      };
    },
    onTerminate: () => () => {},
    ...change,
  });
  const write = (value: unknown, name = 'shop.pipeline.json') => {
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
    return name;
  };
  const run = (...argv: string[]) => main(argv, io());
  const events = () =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ExecutionEvent);

  it('runs a real repository to green, passes the artifact on and deploys it (exit code 0)', async () => {
    const file = write(pipeline(['echo built >> index.html'], [approval, deploy]));
    const code = await run(
      'run',
      file,
      '--source',
      'Repo=shop',
      '--bind',
      'Deploy/Bucket=web',
      '--approve-all',
      '--trust',
      '--json',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'web/index.html'), 'utf8')).toBe('<h1>Shop</h1>\nbuilt\n');
    expect(events().map(({ seq }) => seq)).toEqual(events().map((_event, index) => index + 1));
    expect(events().at(-1)).toMatchObject({ type: 'ExecutionFinished', status: 'Succeeded' });
  });

  it('ends with 1 when the execution fails, and says which command', async () => {
    const code = await run('run', write(pipeline(['echo before', 'exit 7'])), '--source', 'Repo=shop', '--trust');
    expect(code).toBe(1);
    expect(err).toContain('Build/Make Failed');
    expect(err).toContain('exit 7');
    expect(err).toContain('  | before\n');
    expect(err).toMatch(/penstock logs \S+ --action Build\/Make/);
  });

  it('ends with 2 for an invalid file, and lists every problem', async () => {
    const broken = pipeline(['true']);
    broken.pipeline.roleArn = 'nonsense';
    (broken.pipeline.stages[1] as { name: string }).name = 'Source';
    expect(await run('run', write(broken))).toBe(2);
    expect(err).toContain('roleArn');
    expect(err).toMatch(/stage/i);
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['run', 'x.json', '--frobnicate']],
    ['a missing file', ['validate', 'nothing.json']],
    ['a missing argument', ['validate']],
    ['one argument too many', ['validate', 'a', 'b']],
    ['a format that is not exported', ['export', 'x.json', '--to', 'xml']],
  ])('ends with 2 for %s', async (_title, argv) => {
    expect(await main(argv, io())).toBe(2);
    expect(err).not.toBe('');
  });

  it('ends with 2 when commands were never agreed to, and runs nothing', async () => {
    const code = await run('run', write(pipeline([`touch ${join(folder, 'canary')}`])), '--source', 'Repo=shop');
    expect(code).toBe(2);
    expect(err).toContain('--trust');
    expect(err).toContain(`touch ${join(folder, 'canary')}`);
    expect(() => readFileSync(join(folder, 'canary'))).toThrow();
  });

  it('asks a person for consent, with every command in full', async () => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'y';
    };
    expect(
      await main(['run', write(pipeline(['echo careful'])), '--source', 'Repo=shop'], io({ isInteractive: true, ask })),
    ).toBe(0);
    expect(err).toContain('echo careful');
    expect(questions).toEqual(['Run them? [y/N] ']);
  });

  it('ends with 3 when a person stops it', async () => {
    onOutput = () => {
      if (out.includes('"ActionProcessStarted"') && out.includes('"actionName":"Make"')) {
        onOutput = undefined;
        interrupt?.();
        interrupt?.();
      }
    };
    const code = await run('run', write(pipeline(['sleep 600'])), '--source', 'Repo=shop', '--trust', '--json');
    expect(code).toBe(3);
    expect(events().at(-1)).toMatchObject({ type: 'ExecutionFinished', status: 'Stopped' });
  });

  it('ends with 4 when an approval waits and nobody here can give it', async () => {
    const code = await run('run', write(pipeline(['true'], [approval])), '--source', 'Repo=shop', '--trust');
    expect(code).toBe(4);
    expect(err).toMatch(
      /waits for the approval of Approve\/Person.*\n {2}penstock resume \S+ --approve Approve\/Person\n/,
    );
  });

  it('ends with 2 for an approval that the pipeline does not have, before anything runs', async () => {
    const file = write(pipeline([`touch ${join(folder, 'canary')}`], [approval]));
    expect(await run('run', file, '--source', 'Repo=shop', '--trust', '--approve', 'Nope/x')).toBe(2);
    expect(err).toContain('no such approval; it has Approve/Person');
    expect(() => readFileSync(join(folder, 'canary'))).toThrow();
  });

  it('names all that a run lacks at once', async () => {
    const lacking = pipeline(['true'], [deploy]);
    Object.assign(lacking.pipeline, { pipelineType: 'V2', variables: [{ name: 'MUST' }] });
    expect(await run('run', write(lacking), '--trust')).toBe(2);
    expect(err).toContain('--bind Source/Repo=PATH');
    expect(err).toContain('--bind Deploy/Bucket=PATH');
    expect(err).toContain('--var MUST=VALUE');
  });

  it('fails when the one who is asked rejects', async () => {
    const ask = async (question: string) => (question.includes('Run them') ? 'y' : 'n');
    expect(
      await main(
        ['run', write(pipeline(['true'], [approval])), '--source', 'Repo=shop'],
        io({ isInteractive: true, ask }),
      ),
    ).toBe(1);
  });

  it('tells what is missing and how to give it', async () => {
    expect(await run('run', write(pipeline(['true'])), '--trust')).toBe(2);
    expect(err).toContain('--bind Source/Repo=PATH');
  });

  it('finds the execution again: history, show, logs', async () => {
    await run('run', write(pipeline(['echo hello from the build'])), '--source', 'Repo=shop', '--trust', '--quiet');
    out = '';
    expect(await run('history', '--json')).toBe(0);
    const [execution] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(execution).toMatchObject({ pipelineName: 'shop', status: 'Succeeded', revisionSummary: 'Open the shop' });
    out = '';
    expect(await run('show', execution.pipelineExecutionId.slice(0, 8))).toBe(0);
    expect(out).toContain('Open the shop');
    out = '';
    expect(await run('show', 'latest', '--json')).toBe(0);
    expect(events()[0]).toMatchObject({ type: 'ExecutionStarted', seq: 1 });
    out = '';
    expect(await run('logs', 'latest', '--action', 'Build/Make')).toBe(0);
    expect(out).toContain('hello from the build');
    expect(await run('show', 'ffffffff')).toBe(2);
    expect(await run('logs', 'latest', '--action', 'Build/Nothing')).toBe(2);
  });

  it('says that the history is empty', async () => {
    expect(await run('history')).toBe(0);
    expect(err).toContain('No executions yet');
  });

  it('validates: 0 without errors, 2 with, one problem a line with --json', async () => {
    expect(await run('validate', write(pipeline(['true'])))).toBe(0);
    const broken = pipeline(['true']);
    broken.pipeline.roleArn = 'nonsense';
    out = '';
    expect(await run('validate', write(broken), '--json')).toBe(2);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(expect.arrayContaining([expect.objectContaining({ severity: 'error', field: 'roleArn' })]));
    expect(await run('validate', write('this is no pipeline', 'text.json'))).toBe(2);
  });

  it('exports what the AWS CLI takes', async () => {
    const definition = pipeline(['true']);
    expect(await run('export', write(definition), '--to', 'json')).toBe(0);
    expect(JSON.parse(out)).toEqual(definition);
  });

  it.each(['validate', 'run', 'history', 'show', 'logs', 'export', 'aws', 'serve'])(
    '%s --help explains itself',
    async (name) => {
      expect(await run(name, '--help')).toBe(0);
      expect(out).toContain(`penstock ${name}`);
    },
  );

  it('lists its commands and its version', async () => {
    expect(await run('--help')).toBe(0);
    expect(await run('--version')).toBe(0);
    expect(out).toMatch(/\d+\.\d+\.\d+\n$/);
  });
});
