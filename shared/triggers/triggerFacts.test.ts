import { describe, expect, it } from 'vitest';
import type { Trigger } from '../execution/events.ts';
import { connectionSource } from '../providers/actions/connectionSource.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';
import { triggerFacts } from './triggerFacts.ts';

const trigger = (event: Record<string, unknown>, more: Partial<Trigger> = {}): Trigger => ({
  triggerType: 'WebhookV2',
  triggerDetail: JSON.stringify({ repository: 'acme/shop', sourceActions: ['Source/Repo'], filters: [], ...event }),
  ...more,
});
const push = { kind: 'push', branch: 'release/1', isNew: false };

describe('§2 the event behind an execution', () => {
  it('is read from its trigger, for the source actions that it concerned', () => {
    expect(triggerFacts(trigger(push), 'Source/Repo')).toMatchObject({ branch: 'release/1', repository: 'acme/shop' });
    expect(triggerFacts(trigger(push), 'Source/Other')).toBeUndefined();
  });

  it('is unknown for any other start, and for texts that are not ours', () => {
    expect(triggerFacts(undefined, 'Source/Repo')).toBeUndefined();
    expect(triggerFacts(trigger(push, { triggerType: 'StartPipelineExecution' }), 'Source/Repo')).toBeUndefined();
    for (const triggerDetail of ['', '{', 'null', '{"kind":"push"}', 'arn:aws:codepipeline:webhook'])
      expect(triggerFacts(trigger(push, { triggerDetail }), 'Source/Repo')).toBeUndefined();
  });
});

describe('the variables of a connection source', () => {
  const configuration = { ConnectionArn: 'arn', FullRepositoryId: 'acme/shop', BranchName: 'main' };
  const variables = async (started?: Trigger) => {
    const run = runOf(fakeHost(), { configuration, outputs: ['Code'] });
    const action = { ...run.action, name: 'Repo' };
    const outcome = await connectionSource.run({
      ...run,
      stageName: 'Source',
      action,
      ...(started && { trigger: started }),
    });
    return outcome.outputVariables;
  };

  it('name the configured branch when a person started it', async () => {
    expect(await variables()).toMatchObject({ BranchName: 'main' });
    expect(await variables()).not.toHaveProperty('TagName');
  });

  it('name the branch that was pushed, which a filter may have let in', async () => {
    expect(await variables(trigger(push))).toMatchObject({ BranchName: 'release/1' });
  });

  it('name the tag that was pushed', async () => {
    expect(await variables(trigger({ kind: 'tag', tag: 'v1' }))).toMatchObject({ TagName: 'v1', BranchName: 'main' });
  });

  it('describe a pull request, which has no BranchName', async () => {
    const request = {
      kind: 'pullRequest',
      event: 'OPEN',
      sourceBranch: 'fix',
      destinationBranch: 'main',
      pullRequestId: '7',
      title: 'Mend it',
    };
    const found = await variables(trigger(request));
    expect(found).toMatchObject({
      DestinationBranchName: 'main',
      PullRequestId: '7',
      PullRequestTitle: 'Mend it',
      SourceBranchName: 'fix',
    });
    expect(found).not.toHaveProperty('BranchName');
  });
});
