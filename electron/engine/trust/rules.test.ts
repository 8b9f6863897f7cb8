import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import { pipelineOf, rule, temporaryRoot, withConditions } from '../testing/engineFixture.ts';
import { createTrust } from './createTrust.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ root: folder, remove } = temporaryRoot());
});
afterEach(() => remove());

const describeRules = (rules: RuleDeclaration[], bindings: Sidecar['bindings'] = {}) =>
  createTrust({ dataDirectory: join(folder, 'data') }).describe(
    {
      declaration: withConditions(pipelineOf({ Deploy: [] }), 'Deploy', {
        beforeEntry: { conditions: [{ result: 'FAIL', rules }] },
      }),
      bindings,
      variables: {},
      documentPath: join(folder, 'shop.pipeline.json'),
      folder,
    },
    '',
  );

describe('consent to what rules run', () => {
  it('is asked for their commands', async () => {
    const { commands, trusted } = await describeRules([rule('Commands', {}, { commands: ['rm -rf /'] })]);
    expect([trusted, commands]).toEqual([false, [{ where: 'Deploy/beforeEntry/Commands', text: 'rm -rf /' }]]);
  });

  it('is asked for the buildspec that a CodeBuild rule finds in its source', async () => {
    mkdirSync(join(folder, 'source'));
    writeFileSync(join(folder, 'source', 'buildspec.yml'), 'version: 0.2 # evil');
    const build = rule('CodeBuild', { ProjectName: 'p' }, { inputArtifacts: [{ name: 'SourceOutput' }] });
    const { commands } = await describeRules([build], { 'Source/Files': { kind: 'folder', path: 'source' } });
    expect(commands).toContainEqual(expect.objectContaining({ text: 'version: 0.2 # evil' }));
  });

  it('is asked for the file of a function, and for another one again', async () => {
    writeFileSync(join(folder, 'gate.mjs'), 'export const handler = () => {};');
    const lambda = [rule('LambdaInvoke', { FunctionName: 'gate' })];
    const bound = { 'Deploy/beforeEntry/LambdaInvoke': { kind: 'handler' as const, path: 'gate.mjs' } };
    const first = await describeRules(lambda, bound);
    writeFileSync(join(folder, 'gate.mjs'), 'export const handler = () => { throw 1; };');
    const second = await describeRules(lambda, bound);
    expect([first.trusted, first.hash === second.hash]).toEqual([false, false]);
  });

  it('is not asked for rules that only compare or wait', async () => {
    const rules = [rule('VariableCheck'), rule('DeploymentWindow'), rule('CloudWatchAlarm'), rule('LambdaInvoke')];
    expect((await describeRules(rules)).trusted).toBe(true);
  });
});
