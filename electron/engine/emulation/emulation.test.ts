import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import { type EngineFixture, engineFixture, pipelineOf, temporaryRoot } from '../testing/engineFixture.ts';
import { createCommittedFiles } from '../trust/committedFiles.ts';
import { listExecutables } from '../trust/listExecutables.ts';

let fixture: EngineFixture;
beforeEach(() => {
  fixture = engineFixture();
});
afterEach(() => fixture.close());

const deploy = (provider: string, configuration: Record<string, string>, name = 'Deploy'): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider, version: '1' },
  inputArtifacts: [{ name: 'SourceOutput' }],
  configuration,
});
function put(path: string, text: string): void {
  const full = join(fixture.root, 'source', path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
}

describe('an emulated stack', () => {
  const stack = deploy('CloudFormation', {
    ActionMode: 'CREATE_UPDATE',
    StackName: 'shop',
    RoleArn: 'arn:aws:iam::111122223333:role/x',
    TemplatePath: 'SourceOutput::template.yaml',
  });

  it('is remembered, so that the next run says what changes', async () => {
    put(
      'template.yaml',
      'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\nOutputs:\n  Region:\n    Value: !Ref AWS::Region\n',
    );
    const first = await fixture.run(pipelineOf({ Deploy: [stack] }));
    expect(actionOf(first, 'Deploy', 'Deploy')).toMatchObject({
      status: 'Succeeded',
      summary: 'Stack created: 1 added, 0 modified, 0 removed.',
      outputVariables: { Region: 'us-east-1' },
    });
    put('template.yaml', 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n');
    const second = await fixture.run(pipelineOf({ Deploy: [stack] }));
    expect(actionOf(second, 'Deploy', 'Deploy')).toMatchObject({
      summary: 'Stack updated: 1 added, 0 modified, 1 removed.',
    });
    const log = fixture.log(second, 'Deploy', 'Deploy');
    expect(log.split('\n')[0]).toMatch(/^\[Penstock\] Emulated: nothing leaves this machine\. Checked here: /);
    expect(log).toContain('[Penstock]   + Queue (AWS::SQS::Queue)\n[Penstock]   - Topic (AWS::SNS::Topic)\n');
    expect(readdirSync(join(fixture.root, 'data', 'emulated', 'cloudformation'))).toHaveLength(1);
  });

  it('fails as CloudFormation does, with a fix, and leaves what was deployed as it is', async () => {
    put('template.yaml', 'Resources:\n  R:\n    Type: AWS::IAM::Role\n');
    const failed = await fixture.run(pipelineOf({ Deploy: [stack] }));
    expect(actionOf(failed, 'Deploy', 'Deploy')).toMatchObject({
      status: 'Failed',
      errorDetails: {
        code: 'JobFailed',
        message: 'Requires capabilities : [CAPABILITY_IAM] (InsufficientCapabilitiesException)',
        fix: 'Add CAPABILITY_IAM to Capabilities, because R is an IAM resource.',
      },
    });
    expect(existsSync(join(fixture.root, 'data', 'emulated'))).toBe(false);
  });
});

describe('a CodeDeploy deployment', () => {
  const action = deploy('CodeDeploy', { ApplicationName: 'shop', DeploymentGroupName: 'blue' });
  const bindings = () => ({ 'Deploy/Deploy': { kind: 'folder' as const, path: join(fixture.root, 'servers') } });
  const appspec =
    'version: 0.0\nos: linux\nfiles:\n  - source: site\n    destination: /var/www\nhooks:\n  BeforeInstall:\n    - location: before.sh\n  AfterInstall:\n    - location: after.sh\n      timeout: 30\n';

  beforeEach(() => {
    put('appspec.yml', appspec);
    put('site/index.html', 'hello');
    put(
      'before.sh',
      '#!/bin/sh\necho "$LIFECYCLE_EVENT of $APPLICATION_NAME"; ls "$PENSTOCK_TARGET" 2>/dev/null | wc -l\n',
    );
    put(
      'after.sh',
      'echo "$LIFECYCLE_EVENT" >> "$PENSTOCK_TARGET/events"; cat "$PENSTOCK_TARGET/var/www/index.html"\n',
    );
    chmodSync(join(fixture.root, 'source', 'before.sh'), 0o755);
  });

  it('copies its files into the bound folder and runs its scripts around that', async () => {
    const state = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(state, 'Deploy', 'Deploy')).toMatchObject({ status: 'Succeeded' });
    expect(readFileSync(join(fixture.root, 'servers', 'var/www/index.html'), 'utf8')).toBe('hello');
    expect(readFileSync(join(fixture.root, 'servers', 'events'), 'utf8')).toBe('AfterInstall\n');
    expect(fixture.log(state, 'Deploy', 'Deploy')).toMatch(
      /BeforeInstall: before\.sh\nBeforeInstall of shop\n\s*0\n\[Penstock\] Install: 1 file copied into .*\n\[Penstock\] AfterInstall: after\.sh\nhello/,
    );
  });

  it('fails with the script that failed, and copies nothing after it', async () => {
    put('before.sh', '#!/bin/sh\nexit 7\n');
    const state = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(state, 'Deploy', 'Deploy')).toMatchObject({
      status: 'Failed',
      errorDetails: {
        message: 'LifecycleEvent - BeforeInstall: Script at specified location: before.sh failed with exit code 7',
      },
    });
    expect(existsSync(join(fixture.root, 'servers'))).toBe(false);
  });

  it('ends a script that takes longer than its timeout', async () => {
    put(
      'appspec.yml',
      'version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: after.sh\n      timeout: 1\n',
    );
    put('after.sh', 'sleep 600\n');
    const state = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(state, 'Deploy', 'Deploy')?.errorDetails?.message).toContain('failed to complete in 1 seconds');
  });

  it('goes on with a running script after its host came back, and runs no script twice', async () => {
    put(
      'before.sh',
      'echo before >>"$PENSTOCK_TARGET.evidence"; while [ ! -e "$PENSTOCK_TARGET.go" ]; do sleep 0.01; done\n',
    );
    const { root, remove } = temporaryRoot();
    cpSync(join(fixture.root, 'source'), join(root, 'source'), { recursive: true });
    const target = join(root, 'servers');
    const events = () => (existsSync(`${target}.evidence`) ? readFileSync(`${target}.evidence`, 'utf8') : '');
    let host = engineFixture({ root });
    const id = await host.start(pipelineOf({ Deploy: [action] }), {
      bindings: { 'Deploy/Deploy': { kind: 'folder', path: target } },
    });
    await vi.waitFor(() => expect(events()).toBe('before\n'), { timeout: 5000, interval: 10 });
    await host.close();
    host = engineFixture({ root });
    await host.engine.resume();
    writeFileSync(`${target}.go`, '');
    await host.engine.idle();
    expect((await host.state(id)).status).toBe('Succeeded');
    expect([events(), readFileSync(join(target, 'events'), 'utf8')]).toEqual(['before\n', 'AfterInstall\n']);
    await host.close();
    remove();
  });

  it('ends its running script when the execution is abandoned', async () => {
    put('before.sh', 'echo $$ >"$PENSTOCK_TARGET.pid"; sleep 600\n');
    const id = await fixture.start(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    const pidFile = join(fixture.root, 'servers.pid');
    const pidOf = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
    await vi.waitFor(() => expect(pidOf()).toBeGreaterThan(0), { timeout: 5000, interval: 10 });
    await fixture.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: '' });
    await fixture.seen(id, (event) => event.type === 'ExecutionFinished');
    expect(actionOf(await fixture.state(id), 'Deploy', 'Deploy')?.status).toBe('Abandoned');
    await fixture.engine.idle();
    expect(existsSync(`/proc/${pidOf()}/cwd`)).toBe(false);
  });

  it('gives its scripts nothing of the host’s environment but what every command gets', async () => {
    process.env.PENSTOCK_SPEC_SECRET = 'hush';
    try {
      put('before.sh', 'env\n');
      const state = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
      const log = fixture.log(state, 'Deploy', 'Deploy');
      expect(log).not.toContain('hush');
      expect(log).toContain('DEPLOYMENT_GROUP_NAME=blue');
    } finally {
      delete process.env.PENSTOCK_SPEC_SECRET;
    }
  });

  it('replaces files of its own, but not those of somebody else', async () => {
    expect((await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() })).status).toBe('Succeeded');
    expect((await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() })).status).toBe('Succeeded');
    put('site/mine.html', 'new');
    writeFileSync(join(fixture.root, 'servers', 'var/www/mine.html'), 'mine');
    const state = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(state, 'Deploy', 'Deploy')?.errorDetails?.message).toBe(
      'The deployment failed because a specified file already exists at this location: /var/www/mine.html',
    );
    expect(readFileSync(join(fixture.root, 'servers', 'var/www/mine.html'), 'utf8')).toBe('mine');
  });

  it('writes nowhere else, whatever its destinations and the links in the folder say', async () => {
    put('appspec.yml', 'version: 0.0\nos: linux\nfiles:\n  - source: site\n    destination: /../../outside\n');
    const climbing = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(climbing, 'Deploy', 'Deploy')).toMatchObject({ status: 'Failed' });
    put('appspec.yml', 'version: 0.0\nos: linux\nfiles:\n  - source: site\n    destination: /link\n');
    mkdirSync(join(fixture.root, 'outside'));
    mkdirSync(join(fixture.root, 'servers'), { recursive: true });
    symlinkSync(join(fixture.root, 'outside'), join(fixture.root, 'servers', 'link'));
    const linked = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() });
    expect(actionOf(linked, 'Deploy', 'Deploy')).toMatchObject({ status: 'Failed' });
    expect(readdirSync(join(fixture.root, 'outside'))).toEqual([]);
    put('appspec.yml', 'version: 0.0\nos: linux\nfiles:\n  - source: site\n    destination: /fine\n');
    const fine = await fixture.run(pipelineOf({ Deploy: [action] }), { bindings: bindings() }); // control
    expect([fine.status, existsSync(join(fixture.root, 'servers/fine/index.html'))]).toEqual(['Succeeded', true]);
  });

  it('runs its scripts only after consent to their text, and only where a folder is bound', async () => {
    const request = {
      declaration: pipelineOf({ Deploy: [action] }),
      bindings: { 'Source/Files': { kind: 'folder' as const, path: 'source' }, ...bindings() },
      variables: {},
      documentPath: '',
      folder: fixture.root,
    };
    const committed = createCommittedFiles(1024);
    const found = await listExecutables(request, committed);
    const at = (path: string) => `Deploy/Deploy: ${path} of ${join(fixture.root, 'source')}`;
    expect(found.map(({ where }) => where)).toEqual([
      at('appspec.yml'),
      at('before.sh'),
      at('after.sh'),
      'Deploy/Deploy',
    ]);
    expect(found[2]?.text).toContain('cat "$PENSTOCK_TARGET/var/www/index.html"');
    const { 'Deploy/Deploy': _, ...unbound } = request.bindings;
    expect(await listExecutables({ ...request, bindings: unbound }, committed)).toEqual([]);
  });
});

describe('objects of an S3 deploy', () => {
  it('are listed with their settings beside them', async () => {
    const action = deploy('S3', { BucketName: 'site', Extract: 'true', CacheControl: 'max-age=60' });
    const site = join(fixture.root, 'site');
    await fixture.run(pipelineOf({ Deploy: [action] }), {
      bindings: { 'Deploy/Deploy': { kind: 'folder', path: site } },
    });
    expect(readdirSync(site).toSorted()).toEqual(['.penstock-objects.json', 'hello.txt']);
    expect(JSON.parse(readFileSync(join(site, '.penstock-objects.json'), 'utf8'))).toEqual({
      objects: { 'hello.txt': { CacheControl: 'max-age=60' } },
    });
  });
});

describe('an ECR source', () => {
  it('reads the bound file and passes imageDetail.json on', async () => {
    writeFileSync(join(fixture.root, 'image'), `sha256:${'a'.repeat(64)}\n`);
    const source: ActionDeclaration = {
      name: 'Image',
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'ECR', version: '1' },
      configuration: { RepositoryName: 'shop' },
      outputArtifacts: [{ name: 'Image' }],
    };
    const pipeline = pipelineOf({});
    pipeline.stages[0]?.actions.push(source);
    const state = await fixture.run(pipeline, { bindings: { 'Source/Image': { kind: 'file', path: 'image' } } });
    expect(actionOf(state, 'Source', 'Image')).toMatchObject({
      status: 'Succeeded',
      outputVariables: { ImageURI: `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}` },
      outputArtifacts: [{ name: 'Image' }],
    });
  });
});
