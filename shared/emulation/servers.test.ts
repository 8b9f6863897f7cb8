import { describe, expect, it, test } from 'vitest';
import { codeDeploy } from '../providers/actions/codeDeploy.ts';
import { ec2Deploy } from '../providers/actions/ec2Deploy.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';

const files = {
  'app/index.html': 'hello',
  'app/js/a.js': '1',
  'scripts/stop.sh': 'true',
  'scripts/start.sh': 'true',
  readme: 'x',
};
const appspec = `version: 0.0
os: linux
files:
  - source: app
    destination: /var/www
  - source: /readme
    destination: /var/doc/
hooks:
  AfterInstall:
    - location: scripts/start.sh
      timeout: 60
      runas: root
  ApplicationStop:
    - location: scripts/stop.sh
  BeforeInstall:
    - location: ./scripts/stop.sh
`;
const folder = { kind: 'folder' as const, path: '/servers' };
const INSTALLED = [
  'install In app/index.html -> var/www/index.html',
  'install In app/js/a.js -> var/www/js/a.js',
  'install In readme -> var/doc/readme',
];

interface Given {
  spec?: string;
  binding?: typeof folder | undefined;
  existing?: readonly string[];
  records?: Record<string, unknown>;
  exitCodes?: Record<string, number>;
}
async function deploy({ spec = appspec, binding = folder, existing, records, exitCodes }: Given = {}) {
  const host = fakeHost({
    files: { In: { ...files, 'appspec.yml': spec } },
    existing: existing ?? [],
    records: records ?? {},
    exitCodes: exitCodes ?? {},
  });
  const configuration = { ApplicationName: 'shop', DeploymentGroupName: 'blue' };
  const ending = await codeDeploy.run(runOf(host, { configuration, inputs: ['In'], binding })).then(
    (outcome) => ({ outcome, error: undefined }),
    (error: unknown) => ({ outcome: undefined, error }),
  );
  return { ...ending, host };
}

describe('a CodeDeploy deployment to a bound folder', () => {
  it('copies files and runs the scripts around that, in the order of the lifecycle', async () => {
    const { host, outcome } = await deploy();
    expect(host.effects).toEqual(INSTALLED);
    expect(host.scripts.map(({ step, location, timeoutSeconds }) => [step, location, timeoutSeconds])).toEqual([
      ['BeforeInstall-1', 'scripts/stop.sh', 3600],
      ['AfterInstall-1', 'scripts/start.sh', 60],
    ]);
    expect(host.scripts[1]?.environment).toEqual({
      APPLICATION_NAME: 'shop',
      DEPLOYMENT_GROUP_NAME: 'blue',
      DEPLOYMENT_ID: 'd-222222222',
      LIFECYCLE_EVENT: 'AfterInstall',
      PENSTOCK_TARGET: '/servers',
    });
    expect(outcome).toMatchObject({ summary: 'Deployment d-222222222 to shop/blue: 3 files.' });
  });

  it('says what it does not do: ApplicationStop, another user', async () => {
    const { host } = await deploy();
    expect(host.lines.join('\n')).toContain(
      'ApplicationStop does not run: AWS runs the script of the revision before'.replace('before', 'deployed before'),
    );
    expect(host.lines.join('\n')).toContain('scripts/start.sh runs as your own user, not as root.');
  });

  it('stops at a script that fails: nothing is copied after a failing BeforeInstall', async () => {
    const { host, error } = await deploy({ exitCodes: { 'scripts/stop.sh': 3 } });
    expect(error).toMatchObject({
      code: 'JobFailed',
      message:
        'LifecycleEvent - BeforeInstall: Script at specified location: ./scripts/stop.sh failed with exit code 3',
    });
    expect(host.effects).toEqual([]);
  });

  it('refuses to replace a file that no deployment put there, unless the AppSpec says so', async () => {
    const existing = ['var/www/index.html'];
    expect((await deploy({ existing })).error).toMatchObject({
      message: 'The deployment failed because a specified file already exists at this location: /var/www/index.html',
    });
    const overwrite = `${appspec}file_exists_behavior: OVERWRITE\n`;
    expect((await deploy({ existing, spec: overwrite })).host.effects).toEqual(INSTALLED);
    const retain = `${appspec}file_exists_behavior: RETAIN\n`;
    expect((await deploy({ existing, spec: retain })).host.effects).toEqual(INSTALLED.slice(1));
  });

  it('replaces files of its own earlier deployment, and says which are left over', async () => {
    const records = {
      'servers/codedeploy eu-west-1/shop/blue in /servers': ['var/www/index.html', 'var/www/old.html'],
    };
    const { host } = await deploy({ existing: ['var/www/index.html'], records });
    expect(host.effects).toEqual(INSTALLED);
    expect(host.lines).toContain('Left of the earlier revision: 1 file. AWS removes them, here they stay.');
  });

  it('copies and runs nothing without a bound folder, and says so', async () => {
    const host = fakeHost({ files: { In: { ...files, 'appspec.yml': appspec } } });
    await codeDeploy.run(
      runOf(host, { configuration: { ApplicationName: 'a', DeploymentGroupName: 'b' }, inputs: ['In'] }),
    );
    expect([host.effects, host.scripts]).toEqual([[], []]);
    expect(host.lines.at(-1)).toBe(
      'No folder is bound, so nothing is done. Not copied: 3 files; not run: 2 scripts. Bind a folder that stands for the servers to do both.',
    );
  });

  test.each<[spec: string, message: string]>([
    ['version: 1.0\nos: linux\n', 'The AppSpec file appspec.yml has an invalid version 1.'],
    ['version: 0.0\nos: amiga\n', 'The AppSpec file appspec.yml has an invalid os "amiga".'],
    ['version: 0.0\nos: linux\nfiles: x\n', 'The AppSpec file appspec.yml: files must be a list.'],
    [
      'version: 0.0\nos: linux\nfiles:\n  - source: app\n',
      'The AppSpec file appspec.yml: files entry 1 needs a source and a destination.',
    ],
    [
      'version: 0.0\nos: linux\nfiles:\n  - source: dist\n    destination: /\n',
      'No such file or directory - deployment-archive/dist',
    ],
    [
      'version: 0.0\nos: linux\nhooks:\n  BeforeLunch:\n    - location: a\n',
      'The AppSpec file appspec.yml has an unknown lifecycle event BeforeLunch.',
    ],
    [
      'version: 0.0\nos: linux\nhooks:\n  Install:\n    - location: a\n',
      'The AppSpec file appspec.yml has an unknown lifecycle event Install.',
    ],
    [
      'version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: scripts/no.sh\n',
      'Script does not exist at specified location: scripts/no.sh',
    ],
    [
      'version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - timeout: 5\n',
      'The AppSpec file appspec.yml: a script of AfterInstall has no location.',
    ],
    [
      'version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: readme\n      timeout: 3000\n    - location: readme\n      timeout: 601\n',
      'The AppSpec file appspec.yml: the timeouts of AfterInstall add up to 3601 seconds; at most 3600 are allowed.',
    ],
    [
      'version: 0.0\nos: linux\nfile_exists_behavior: ASK\n',
      'The AppSpec file appspec.yml has an invalid file_exists_behavior "ASK".',
    ],
    ['version: [\n', 'The AppSpec file appspec.yml could not be parsed (line 2, column 1).'],
    ['', 'The AppSpec file appspec.yml is empty.'],
  ])('of the AppSpec %j fails', async (spec, message) => {
    const { error, host } = await deploy({ spec });
    expect(error).toMatchObject({ code: 'JobFailed', message, fix: expect.stringMatching(/./) });
    expect(host.scripts).toEqual([]);
  });

  it('fails without an AppSpec file', async () => {
    const host = fakeHost({ files: { In: files } });
    await expect(codeDeploy.run(runOf(host, { inputs: ['In'] }))).rejects.toMatchObject({
      message:
        'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml".',
    });
  });

  it('checks the AppSpec of a Lambda function', async () => {
    const lambda = (alias: string) =>
      `version: 0.0\nResources:\n  - f:\n      Type: AWS::Lambda::Function\n      Properties:\n        Name: f\n${alias}        CurrentVersion: 1\n        TargetVersion: 2\n`;
    expect((await deploy({ spec: lambda('        Alias: live\n') })).outcome).toBeDefined();
    expect((await deploy({ spec: lambda('') })).error).toMatchObject({
      message: 'The AppSpec file appspec.yml: property Alias is missing.',
    });
  });
});

describe('the scripts that a deployment would run', () => {
  const read = async (path: string) => (({ ...files, 'appspec.yml': appspec }) as Record<string, string>)[path];

  it('are the AppSpec and every script that it names', async () => {
    expect(await codeDeploy.scripts?.({}, read)).toEqual([
      { path: 'appspec.yml', text: appspec },
      { path: 'scripts/start.sh', text: 'true' },
      { path: 'scripts/stop.sh', text: 'true' },
      { path: './scripts/stop.sh', text: 'true' },
    ]);
  });

  it('are named, too, where nothing can be read yet', async () => {
    const nothing = async () => undefined;
    expect(await codeDeploy.scripts?.({}, nothing)).toEqual([{ path: 'appspec.yml', text: undefined }]);
    expect(await ec2Deploy.scripts?.({ PreScript: 'a.sh', PostScript: 'b.sh' }, nothing)).toEqual([
      { path: 'a.sh', text: undefined },
      { path: 'b.sh', text: undefined },
    ]);
  });

  it('are those of a deploy spec', async () => {
    const spec =
      'version: 0.1\nfiles:\n  - source: /\n    destination: /srv\nscripts:\n  AfterDeploy:\n    - location: go.sh\n';
    const found = await ec2Deploy.scripts?.({ DeploySpec: 'd.yml' }, async (path) =>
      path === 'd.yml' ? spec : 'echo',
    );
    expect(found).toEqual([
      { path: 'd.yml', text: spec },
      { path: 'go.sh', text: 'echo' },
    ]);
  });
});

describe('a deploy to instances', () => {
  const run = async (configuration: Record<string, string>, more: Record<string, string> = {}) => {
    const host = fakeHost({ files: { In: { ...files, ...more } } });
    const given = { InstanceTagKey: 'Role', InstanceType: 'EC2', ...configuration };
    const outcome = await ec2Deploy.run(runOf(host, { configuration: given, inputs: ['In'], binding: folder }));
    return { ...outcome, host };
  };

  it('puts the artifact into TargetDirectory, between PreScript and PostScript', async () => {
    const { host, summary } = await run({
      InstanceTagValue: 'web',
      TargetDirectory: '/srv/shop/',
      PreScript: 'scripts/stop.sh',
      PostScript: 'scripts/start.sh',
    });
    expect(host.effects[0]).toBe('install In app/index.html -> srv/shop/app/index.html');
    expect(host.scripts.map(({ step }) => step)).toEqual(['PreScript-1', 'PostScript-1']);
    expect(summary).toBe('5 files deployed to Role=web.');
  });

  it('follows a deploy spec', async () => {
    const spec =
      'version: 0.1\nfiles:\n  - source: app\n    destination: /srv\nscripts:\n  BeforeDeploy:\n    - location: scripts/stop.sh\n      timeout: 5\n  AfterDeploy:\n    - location: scripts/start.sh\n';
    const { host } = await run({ DeploySpec: 'deploy.yml' }, { 'deploy.yml': spec });
    expect(host.effects).toEqual([
      'install In app/index.html -> srv/index.html',
      'install In app/js/a.js -> srv/js/a.js',
    ]);
    expect(host.scripts.map(({ step, timeoutSeconds }) => [step, timeoutSeconds])).toEqual([
      ['BeforeDeploy-1', 5],
      ['AfterDeploy-1', 3600],
    ]);
  });

  it('takes an AppSpec file as deploy spec', async () => {
    const { host } = await run({ DeploySpec: 'appspec.yml' }, { 'appspec.yml': appspec });
    expect(host.effects).toEqual(INSTALLED);
    expect(host.scripts.map(({ step }) => step)).toEqual(['ApplicationStop-1', 'BeforeInstall-1', 'AfterInstall-1']);
  });

  test.each<[configuration: Record<string, string>, more: Record<string, string>, message: string]>([
    [{ DeploySpec: 'a', TargetDirectory: '/' }, {}, 'DeploySpec and TargetDirectory exclude each other.'],
    [{ TargetDirectory: '/' }, {}, 'PostScript is missing.'],
    [{ PostScript: 'readme' }, {}, 'TargetDirectory is missing.'],
    [{ TargetDirectory: '/', PostScript: 'no.sh' }, {}, 'Script does not exist at specified location: no.sh'],
    [{ DeploySpec: 'no.yml' }, {}, 'File [no.yml] does not exist in artifact [In].'],
    [{ DeploySpec: 'd.yml' }, { 'd.yml': 'version: 2\n' }, 'The deploy spec d.yml has an invalid version "2".'],
    [{ DeploySpec: 'd.yml' }, { 'd.yml': 'version: 0.1\n' }, 'The deploy spec d.yml has no files.'],
    [{ DeploySpec: 'd.yml' }, { 'd.yml': '[' }, 'The deploy spec d.yml could not be parsed (line 1, column 2).'],
    [{ TargetDirectory: '/', PostScript: 'readme', MaxBatch: 'all' }, {}, 'MaxBatch "all" is no number.'],
  ])('with %j fails', async (configuration, more, message) => {
    await expect(run(configuration, more)).rejects.toMatchObject({ message, fix: expect.stringMatching(/./) });
  });
});
