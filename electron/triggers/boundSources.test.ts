import { describe, expect, it } from 'vitest';
import type { ExecutionMode } from '../../shared/model/declaration.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { repositorySources } from '../../shared/triggers/sources.ts';
import { commitFor } from './boundSources.ts';

describe('§2 the commit of an event', () => {
  const connection = {
    name: 'Site',
    actionTypeId: {
      category: 'Source' as const,
      owner: 'AWS' as const,
      provider: 'CodeStarSourceConnection',
      version: '1',
    },
    configuration: { ConnectionArn: 'arn', FullRepositoryId: 'acme/shop', BranchName: 'main' },
  };
  const given = (executionMode: ExecutionMode) => {
    const pipeline = pipelineOf({ Source: ['Repo', connection], Build: ['Make'] }, { executionMode });
    const started = repositorySources(pipeline);
    return commitFor(pipeline, started, 'c0ffee').map(({ actionName }) => actionName);
  };

  it.each(['SUPERSEDED', 'QUEUED'] as const)('is what its sources read in %s mode', (mode) => {
    expect(given(mode)).toEqual(['Repo', 'Site']);
  });

  it('is not what CodeCommit reads in PARALLEL mode: that is the newest when the action starts', () => {
    expect(given('PARALLEL')).toEqual(['Site']);
  });
});
