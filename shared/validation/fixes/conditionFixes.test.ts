import { describe, expect, it, test } from 'vitest';
import { git, rule } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { conditionFixers } from './conditionFixes.ts';
import { triggerFixers } from './triggerFixes.ts';

const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);

const cases: FixCase[] = [
  {
    code: 'condition.result',
    kind: 'set-result',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.result = 'RETRY';
    },
    gives: (p) => p.stages[2]!.beforeEntry!.conditions[0]!.result,
    expected: 'FAIL',
  },
  {
    code: 'condition.rollback-in-parallel',
    kind: 'set-result',
    breaks: (p) => {
      p.executionMode = 'PARALLEL';
    },
    gives: (p) => p.stages[2]!.onSuccess!.conditions[0]!.result,
    expected: 'FAIL',
  },
  {
    code: 'condition.rollback-in-parallel',
    kind: 'set-queued',
    breaks: (p) => {
      p.executionMode = 'PARALLEL';
    },
    gives: (p) => p.executionMode,
    expected: 'QUEUED',
  },
  {
    code: 'condition.rollback-of-source',
    kind: 'set-result',
    breaks: (p) => {
      p.stages[0]!.onFailure = { result: 'ROLLBACK' };
    },
    gives: (p) => p.stages[0]!.onFailure!.result,
    expected: 'RETRY',
  },
  {
    code: 'condition.retry-without-result',
    kind: 'set-retry',
    breaks: (p) => {
      delete p.stages[1]!.onFailure!.result;
    },
    gives: (p) => p.stages[1]!.onFailure!.result,
    expected: 'RETRY',
  },
  {
    code: 'condition.retry-with-conditions',
    kind: 'remove-field',
    breaks: (p) => {
      p.stages[1]!.onFailure!.conditions = [
        { result: 'ROLLBACK', rules: [structuredClone(p.stages[2]!.onSuccess!.conditions[0]!.rules![0]!)] },
      ];
    },
    gives: (p) => p.stages[1]!.onFailure!.conditions,
    expected: undefined,
  },
  {
    code: 'rule.skip-not-allowed',
    kind: 'set-result',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.result = 'SKIP';
    },
    gives: (p) => p.stages[2]!.beforeEntry!.conditions[0]!.result,
    expected: 'FAIL',
  },
  {
    code: 'rule.commands-not-taken',
    kind: 'remove-field',
    breaks: (p) => {
      rule(p).commands = ['true'];
    },
    gives: (p) => rule(p).commands,
    expected: undefined,
  },
  {
    code: 'rule.input-count',
    kind: 'remove-input',
    breaks: (p) => {
      rule(p).inputArtifacts = [{ name: 'app' }];
    },
    gives: (p) => rule(p).inputArtifacts,
    expected: undefined,
  },
  {
    code: 'rule.duplicate-name',
    kind: 'rename-duplicate',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.rules!.push(structuredClone(rule(p)));
    },
    gives: (p) => names(p.stages[2]!.beforeEntry!.conditions[0]!.rules),
    expected: ['OfficeHours', 'OfficeHours2'],
  },
  {
    code: 'trigger.no-such-source',
    kind: 'did-you-mean',
    breaks: (p) => {
      git(p).sourceActionName = 'Apps';
    },
    gives: (p) => git(p).sourceActionName,
    expected: 'App',
  },
  {
    code: 'trigger.no-such-source',
    kind: 'remove-trigger',
    breaks: (p) => {
      git(p).sourceActionName = 'Apps';
    },
    gives: (p) => p.triggers,
    expected: undefined,
  },
  {
    code: 'trigger.second',
    kind: 'merge-triggers',
    breaks: (p) => {
      const pushed = [{ branches: { includes: ['next'] } }];
      git(p).push!.length = 1;
      p.triggers!.push({
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: { sourceActionName: 'App', push: pushed },
      });
    },
    gives: (p) => [p.triggers!.length, git(p).push!.length],
    expected: [1, 2],
  },
  {
    code: 'trigger.second',
    kind: 'remove-trigger',
    breaks: (p) => p.triggers!.push(structuredClone(p.triggers![0]!)),
    gives: (p) => p.triggers!.length,
    expected: 1,
  },
  {
    code: 'trigger.no-filters',
    kind: 'add-filter',
    breaks: (p) => {
      p.triggers![0]!.gitConfiguration = { sourceActionName: 'App' };
    },
    gives: (p) => git(p).push,
    expected: [{ branches: { includes: ['**'] } }],
  },
  {
    code: 'trigger.combination',
    kind: 'split-filter',
    breaks: (p) => {
      git(p).push = [{ tags: { includes: ['v*'] }, branches: { includes: ['main'] } }];
    },
    gives: (p) => git(p).push,
    expected: [{ branches: { includes: ['main'] } }, { tags: { includes: ['v*'] } }],
  },
  {
    code: 'trigger.combination',
    kind: 'split-filter',
    breaks: (p) => {
      git(p).push = [{ tags: { includes: ['v*'] }, filePaths: { includes: ['src/**'] } }];
    },
    gives: (p) => git(p).push,
    expected: [{ filePaths: { includes: ['src/**'] }, branches: { includes: ['**'] } }, { tags: { includes: ['v*'] } }],
  },
  {
    code: 'trigger.combination',
    kind: 'add-branches',
    breaks: (p) => {
      git(p).push = [{ filePaths: { includes: ['src/**'] } }];
    },
    gives: (p) => git(p).push![0]!.branches,
    expected: { includes: ['**'] },
  },
  {
    code: 'trigger.empty-filter',
    kind: 'remove-filter',
    breaks: (p) => git(p).push!.push({}),
    gives: (p) => git(p).push!.length,
    expected: 2,
  },
  {
    code: 'trigger.empty-filter',
    kind: 'add-pattern',
    breaks: (p) => {
      git(p).push = [{ branches: {} }];
    },
    gives: (p) => git(p).push,
    expected: [{ branches: { includes: ['**'] } }],
  },
  {
    code: 'trigger.duplicate-filter',
    kind: 'remove-filter',
    breaks: (p) => {
      git(p).push = [git(p).push![0]!, git(p).push![0]!];
    },
    gives: (p) => git(p).push!.length,
    expected: 1,
  },
  {
    code: 'trigger.duplicate-event',
    kind: 'name-once',
    breaks: (p) => {
      git(p).pullRequest![0]!.events = ['OPEN', 'OPEN'];
    },
    gives: (p) => git(p).pullRequest![0]!.events,
    expected: ['OPEN'],
  },
];

describe('a quick fix of conditions and triggers', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(conditionFixers), ...Object.keys(triggerFixers)].filter((code) => !tried.has(code))).toEqual(
      [],
    );
  });
});
