import dns from 'node:dns';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CodePipelineServer, startCodePipelineServer } from '../../e2e/support/codePipelineServer.ts';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { type Io, UsageError } from '../cli/command.ts';
import { main } from '../cli.ts';
import type { Aws } from '../parts.ts';
import { createAws } from './createAws.ts';
import { createPushTargets } from './pushTargets.ts';

const SECRET = 'specs-secret-access-key-0123456789';
const TOKEN = 'specs-session-token-9876543210';
const ACCOUNT = '111122223333';

const pipeline = (change: Record<string, unknown> = {}) => ({
  name: 'shop',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/pipeline`,
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'shop-artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Hub',
          actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
          configuration: { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: '****' },
          outputArtifacts: [{ name: 'Site' }],
        },
      ],
    },
    {
      name: 'Deploy',
      actions: [
        {
          name: 'ToBucket',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
          configuration: { BucketName: 'shop-web', Extract: 'true' },
          inputArtifacts: [{ name: 'Site' }],
        },
      ],
    },
  ],
  ...change,
});
const textOf = (change?: Record<string, unknown>) => JSON.stringify({ pipeline: pipeline(change) }, null, 2);

const never = (): never => {
  throw new Error('This case pulls nothing.');
};

describe('AW credentials', () => {
  let folder: string;
  let project: string;
  let server: CodePipelineServer;
  let aws: Aws;
  let closers: (() => unknown)[];
  /** Everything that came back from the services: what a window, a file or a log could hold. */
  let seen: unknown[];
  const saved = { ...process.env };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-aws-'));
    project = join(folder, 'project');
    mkdirSync(project);
    mkdirSync(join(folder, 'data'));
    server = await startCodePipelineServer();
    closers = [];
    seen = [];
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, {
      HOME: join(folder, 'home'),
      AWS_ACCESS_KEY_ID: 'AKIDSPECS',
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    });
    aws = open();
  });
  afterEach(async () => {
    for (const close of closers) await close();
    aws.close();
    await server.close();
    process.env = { ...saved };
    rmSync(folder, { recursive: true, force: true });
  });

  const path = () => join(project, 'shop.pipeline.json');
  const open = () =>
    createAws({
      settings: {
        get: () => settingsSchema.parse({ aws: { region: 'eu-west-1', endpoint: server.endpoint } }),
      },
      targets: createPushTargets(join(folder, 'data')),
      documents: {
        get: (documentId) => ({ documentId, path: path(), folder: project, openedAs: project }),
        openText: (name, text) => {
          const opened = { documentId: 'p', path: '', name, format: 'json' as const, text, problems: [] };
          return { ...opened, sidecar: emptySidecar() };
        },
      },
    });
  const filesBelow = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => join(directory, name))
      .filter((file) => statSync(file).isFile());
  /** How often a secret is found in what came back and in every file. */
  const hits = (secret: string) =>
    [JSON.stringify(seen), ...filesBelow(folder).map((file) => readFileSync(file, 'utf8'))].filter((text) =>
      text.includes(secret),
    ).length;
  const everything = async () => {
    server.put(pipeline());
    seen.push(await aws.handlers.listAwsProfiles({}), await aws.handlers.listAwsPipelines({}));
    seen.push(await aws.handlers.pullPipeline({ pipelineName: 'shop' }));
    const review = await aws.handlers.preparePush({ documentId: 'd', text: textOf({ executionMode: 'QUEUED' }) });
    seen.push(review, await aws.handlers.pushPipeline({ pushId: review.pushId }));
    seen.push(await aws.handlers.startAwsExecution({ pipelineName: 'shop' }));
  };
  const mutating = () =>
    server.calls.filter(({ operation }) => !/^(Get|List)/.test(operation)).map(({ operation }) => operation);
  /** A server that only counts who comes. */
  const canary = async () => {
    let visits = 0;
    const listening = createServer((_request, response) => {
      visits += 1;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    closers.push(() => new Promise((resolve) => listening.close(resolve)));
    return {
      address: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
      visits: () => visits,
    };
  };

  it('AW-00 control: the search finds a secret that is somewhere, and requests are signed with it', async () => {
    await everything();
    writeFileSync(join(folder, 'data', 'planted'), `key=${SECRET}`);
    seen.push({ token: TOKEN });
    expect(hits(SECRET)).toBe(1);
    expect(hits(TOKEN)).toBe(1);
    expect(server.calls.every(({ headers }) => headers.authorization?.includes('AKIDSPECS'))).toBe(true);
  });

  it('AW-01 static keys are in nothing that comes back or is stored', async () => {
    await everything();
    expect(mutating()).toEqual(['UpdatePipeline', 'StartPipelineExecution']);
    expect(hits(SECRET)).toBe(0);
    expect(hits('AKIDSPECS')).toBe(0);
  });

  it('AW-02 a session token goes to AWS and nowhere else', async () => {
    process.env.AWS_SESSION_TOKEN = TOKEN;
    await everything();
    expect(server.calls.every(({ headers }) => headers['x-amz-security-token'] === TOKEN)).toBe(true);
    expect(hits(TOKEN)).toBe(0);
  });

  it('AW-01b keys of a profile stay in its file', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    const keys = `[default]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = ${SECRET}\n`;
    writeFileSync(join(folder, 'credentials'), keys);
    await everything();
    expect(hits(SECRET)).toBe(1); // the file itself
    expect(JSON.stringify(seen)).not.toContain('AKIDPROFILE');
  });

  it.each(['ExpiredTokenException', 'InvalidSignatureException', 'UnrecognizedClientException'])(
    'AW-08 %s does not repeat what AWS quotes of the credentials',
    async (error) => {
      server.failNext(error, `The canonical string was ${SECRET} for ${TOKEN}`);
      seen.push(await aws.handlers.listAwsPipelines({}).catch(({ problem }: { problem: unknown }) => problem));
      expect(JSON.stringify(seen)).toContain('"aws.');
      expect(hits(SECRET) + hits(TOKEN)).toBe(0);
    },
  );

  it('AW-10 a configuration file in a project is not read, and its credential_process does not run', async () => {
    const touched = join(folder, 'canary');
    for (const place of ['.aws', '.']) {
      mkdirSync(join(project, place), { recursive: true });
      writeFileSync(join(project, place, 'config'), `[default]\ncredential_process = touch ${touched}\n`);
      writeFileSync(join(project, place, 'credentials'), `[planted]\naws_access_key_id = AKIDPLANTED\n`);
    }
    await everything();
    expect(JSON.stringify(seen)).not.toContain('planted');
    expect(filesBelow(folder)).not.toContain(touched);
  });

  const elsewhereBy = {
    AWS_ENDPOINT_URL: (address: string) => {
      process.env.AWS_ENDPOINT_URL = address;
    },
    AWS_ENDPOINT_URL_CODEPIPELINE: (address: string) => {
      process.env.AWS_ENDPOINT_URL_CODEPIPELINE = address;
    },
    'the profile': (address: string) => writeFileSync(join(folder, 'config'), `[default]\nendpoint_url = ${address}\n`),
  };

  it.each([
    ...(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_CODEPIPELINE', 'the profile'] as const).map((way) => ({
      title: `AW-12 ${way} does not move the endpoint away from the settings`,
      way,
      isIgnored: true,
    })),
    { title: 'AW-12b control: the SDK by itself would follow it', way: 'AWS_ENDPOINT_URL', isIgnored: false } as const,
  ])('$title', async ({ way, isIgnored }) => {
    const elsewhere = await canary();
    const asked: string[] = [];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) => {
      asked.push(name);
      (rest.at(-1) as (error: Error) => void)(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
    }) as never);
    closers.push(() => lookup.mockRestore());
    const direct = createAws({
      settings: { get: () => settingsSchema.parse({ aws: { region: 'eu-west-1' } }) },
      documents: { get: () => ({ documentId: '', path: '', folder: '', openedAs: '' }), openText: () => never() },
    });
    closers.push(() => direct.close());
    elsewhereBy[way](elsewhere.address);
    if (!isIgnored) delete process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS;
    await expect(direct.handlers.listAwsPipelines({})).rejects.toThrow();
    expect(elsewhere.visits() > 0).toBe(!isIgnored);
    expect(asked.includes('codepipeline.eu-west-1.amazonaws.com')).toBe(isIgnored);
  });

  it('AW-12c a document cannot name an endpoint', async () => {
    const elsewhere = await canary();
    const aside = { endpoint: elsewhere.address, aws: { endpoint: elsewhere.address } };
    const text = JSON.stringify({ pipeline: pipeline({ roleArn: `arn:aws:iam::${ACCOUNT}:role/p` }), ...aside });
    server.put(pipeline());
    expect((await aws.handlers.preparePush({ documentId: 'd', text })).endpoint).toBe(server.endpoint);
    expect(elsewhere.visits()).toBe(0);
  });

  it.each(['../x', 'eu-west-1/..', 'eu-west-1.evil.example', 'http://evil', '@evil', 'eu-west-1#', 'EU-WEST-1', 'x'])(
    'AW-13 the region "%s" is refused',
    async (region) => {
      expect(settingsSchema.safeParse({ aws: { region } }).success).toBe(false);
      const said: string[] = [];
      const io = { ...terminalOf(said), environment: { PENSTOCK_DATA: join(folder, 'data') } };
      expect(await main(['aws', 'list', '--region', region, '--endpoint', server.endpoint], io)).toBe(2);
      expect(server.calls).toEqual([]);
    },
  );

  it.each([
    ...['eu-west-1', 'ap-southeast-2', 'mx-central-1', 'cn-north-1', 'us-gov-west-1'],
    ...['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'eusc-de-east-1', ''],
  ])('AW-13b control: the region "%s" is taken', (region) => {
    expect(settingsSchema.safeParse({ aws: { region } }).success).toBe(true);
  });

  it('AW-14 another account than the last time is said before the push, in the terminal only with its number', async () => {
    server.put(pipeline());
    const review = () => aws.handlers.preparePush({ documentId: 'd', text: textOf({ executionMode: 'QUEUED' }) });
    const isStrange = async () => (await review()).warnings.some(({ code }) => code === 'push.other-account');
    expect(await isStrange()).toBe(false);
    await aws.handlers.pushPipeline({ pushId: (await review()).pushId });
    expect(await isStrange()).toBe(false);
    await createPushTargets(join(folder, 'data')).set(path(), { account: '999988887777', region: 'eu-west-1' });
    expect(await isStrange()).toBe(true);
    const { pushId } = await review();
    const beforeTyping = mutating().length;
    for (const typed of [undefined, '', '999988887777']) {
      await expect(
        aws.handlers.pushPipeline({ pushId, ...(typed !== undefined && { account: typed }) }),
      ).rejects.toThrow('its number was not given');
    }
    expect(mutating()).toHaveLength(beforeTyping);

    writeFileSync(path(), textOf());
    const said: string[] = [];
    const push = (...more: string[]) => main(['aws', 'push', path(), '--yes', ...more, ...options()], terminalOf(said));
    const before = mutating().length;
    expect(await push()).toBe(2);
    expect(said.join('')).toContain('999988887777');
    expect(await push('--account', '999988887777')).toBe(2);
    expect(mutating()).toHaveLength(before);
    expect(await push('--account', ACCOUNT)).toBe(0);
    expect(mutating()).toHaveLength(before + 1);
    expect(await isStrange()).toBe(false);
  });

  it('AW-15 the terminal shows account, region and difference before it asks, and AW-16 a no changes nothing', async () => {
    server.put(pipeline());
    writeFileSync(path(), textOf({ executionMode: 'QUEUED' }));
    const said: string[] = [];
    const refuse = { ...terminalOf(said), isInteractive: true, ask: async () => 'n' };
    expect(await main(['aws', 'push', path(), ...options()], refuse)).toBe(3);
    expect(said.join('')).toMatch(new RegExp(`account ${ACCOUNT}, eu-west-1[^]*\\+.*QUEUED`));
    expect(await main(['aws', 'push', path(), ...options()], terminalOf(said))).toBe(2);
    expect(mutating()).toEqual([]);
  });

  it('an endpoint that cannot be reached ends with 1: no other command line would mend it', async () => {
    const said: string[] = [];
    const argv = ['aws', 'list', '--region', 'eu-west-1', '--endpoint', 'http://127.0.0.1:1', ...options().slice(-2)];
    expect(await main(argv, terminalOf(said))).toBe(1);
    expect(said.join('')).toContain('aws.unreachable');
  });

  describe('without keys of its own', () => {
    beforeEach(() => {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
    });

    it.each([
      { chosen: false, title: 'AW-17 the metadata address of EC2 is never asked by itself' },
      { chosen: true, title: 'AW-17b control: it is asked where the person turned it on' },
    ])('$title', async ({ chosen }) => {
      const metadata = await canary();
      process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = metadata.address;
      process.env.AWS_METADATA_SERVICE_NUM_ATTEMPTS = '1';
      if (chosen) process.env.AWS_EC2_METADATA_DISABLED = 'false';
      aws = open();
      await expect(aws.handlers.listAwsPipelines({})).rejects.toThrow(/credentials/i);
      expect(metadata.visits() > 0).toBe(chosen);
    });
  });

  it('AW-18 a token that AWS shows as **** is pulled as that, and never created as the value', async () => {
    server.put(pipeline());
    expect((await aws.handlers.pullPipeline({ pipelineName: 'shop' })).text).toContain('"****"');
    const text = textOf({ name: 'shop-copy' });
    await expect(aws.handlers.preparePush({ documentId: 'd', text })).rejects.toThrow(/mask/);
    expect(mutating()).toEqual([]);
  });

  const options = () => [
    ...['--region', 'eu-west-1', '--endpoint', server.endpoint],
    ...['--data-dir', join(folder, 'data')],
  ];
  const terminalOf = (said: string[]): Io => ({
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    drained: async () => true,
    isInteractive: false,
    ask: async () => {
      throw new UsageError('Nobody is there to ask.');
    },
    environment: {},
    cwd: project,
    onInterrupt: () => () => {},
    onTerminate: () => () => {},
  });
});
