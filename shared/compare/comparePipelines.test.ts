import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { applyComparison } from '../testing/applyComparison.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { mutatePipeline, randomFrom } from '../testing/mutatePipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { changeList } from './changeList.ts';
import { comparePipelines } from './comparePipelines.ts';
import { isEqual } from './comparison.ts';
import { joinedPipeline } from './joinedPipeline.ts';
import { movedOf } from './matchItems.ts';

const shop = () =>
  pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Deploy: ['Stage', 'Live@2'] });
const changed = (change: (pipeline: PipelineDeclaration) => void, from = shop()) => {
  const after = structuredClone(from);
  change(after);
  return after;
};
/** 'action Build/Lint: renamed, moved' */
const told = (before: PipelineDeclaration, after: PipelineDeclaration) =>
  changeList(comparePipelines(before, after), before, after).map(
    ({ kind, name, where, marks }) => `${kind} ${where || name}: ${marks.join(', ')}`,
  );
const stageOf = (pipeline: PipelineDeclaration, name: string) => pipeline.stages.find((stage) => stage.name === name)!;
const actionOf = (pipeline: PipelineDeclaration, stage: string, name: string) =>
  stageOf(pipeline, stage).actions.find((action) => action.name === name)!;

describe('a comparison', () => {
  it('says nothing of two that are the same', () => {
    expect(isEqual(comparePipelines(completePipeline(), completePipeline()))).toBe(true);
  });

  it('takes what the service fills in for written', () => {
    const after = changed((pipeline) => {
      pipeline.version = 7;
      pipeline.executionMode = 'SUPERSEDED';
      for (const action of pipeline.stages.flatMap(({ actions }) => actions)) {
        action.runOrder ??= 1;
        action.configuration ??= {};
        action.inputArtifacts ??= [];
        action.outputArtifacts ??= [];
      }
    });
    expect(told(shop(), after)).toEqual([]);
  });

  it('names the members of an action that changed, configuration key by key', () => {
    const after = changed((pipeline) => {
      Object.assign(actionOf(pipeline, 'Build', 'Lint'), { region: 'eu-west-1' });
      actionOf(pipeline, 'Build', 'Lint').configuration!.ProjectName = 'other';
    });
    const [change] = changeList(comparePipelines(shop(), after), shop(), after);
    expect(change?.fields.map(({ path }) => path.join('.'))).toEqual(['configuration.ProjectName', 'region']);
    expect(change?.marks).toEqual(['changed']);
  });

  it('knows a renamed stage by what is in it, and leaves its actions alone', () => {
    const after = changed((pipeline) => {
      stageOf(pipeline, 'Build').name = 'Assemble';
    });
    expect(told(shop(), after)).toEqual(['stage Assemble: renamed']);
  });

  it('knows a renamed action by its configuration', () => {
    const after = changed((pipeline) => {
      actionOf(pipeline, 'Build', 'Lint').name = 'Style';
    });
    expect(told(shop(), after)).toEqual(['action Build/Style: renamed']);
  });

  it('does not take an action of another type for the same under a new name', () => {
    const after = changed((pipeline) => {
      const lint = actionOf(pipeline, 'Build', 'Lint');
      lint.name = 'Ask';
      lint.actionTypeId = { ...lint.actionTypeId, category: 'Test' };
    });
    expect(told(shop(), after).slice(0, 2)).toEqual(['action Build/Ask: added', 'action Build/Lint: removed']);
  });

  it('knows an action that went to another stage', () => {
    const after = changed((pipeline) => {
      const [lint] = stageOf(pipeline, 'Build').actions.splice(0, 1);
      stageOf(pipeline, 'Deploy').actions.push(lint!);
    });
    const found = changeList(comparePipelines(shop(), after), shop(), after).find(({ kind }) => kind === 'action');
    expect(found).toMatchObject({
      where: 'Deploy/Lint',
      marks: ['moved'],
      details: [{ from: 'stage', stageName: 'Build' }],
    });
  });

  it('calls moved what now runs after what it ran beside', () => {
    const after = changed((pipeline) => {
      actionOf(pipeline, 'Build', 'Compile').runOrder = 2;
    });
    expect(told(shop(), after)).toEqual(['action Build/Compile: moved']);
  });

  it('calls changed, not moved, what has another run order but runs as before', () => {
    const after = changed((pipeline) => {
      actionOf(pipeline, 'Build', 'Package').runOrder = 20;
    });
    expect(told(shop(), after)).toEqual(['action Build/Package: changed']);
  });

  it('calls the one stage moved that was moved, not those it passed', () => {
    const before = pipelineOf({ Source: ['Repo'], One: ['A'], Two: ['B'], Three: ['C'] });
    const after = changed((pipeline) => {
      const [one] = pipeline.stages.splice(1, 1);
      pipeline.stages.push(one!);
    }, before);
    expect(told(before, after)).toEqual(['stage One: moved']);
  });

  it('tells added and removed stages with their actions', () => {
    const after = changed((pipeline) => {
      pipeline.stages.pop();
      pipeline.stages.push(pipelineOf({ Source: ['X'], Audit: ['Approve'] }).stages[1]!);
    });
    expect(told(shop(), after).filter((line) => !line.startsWith('artifact'))).toEqual([
      'stage Audit: added',
      'action Audit/Approve: added',
      'stage Deploy: removed',
      'action Deploy/Stage: removed',
      'action Deploy/Live: removed',
    ]);
  });

  it('tells an artifact that got another name, and who reads it now', () => {
    const after = changed((pipeline) => {
      actionOf(pipeline, 'Build', 'Compile').outputArtifacts = [{ name: 'Bundle' }];
      actionOf(pipeline, 'Deploy', 'Live').inputArtifacts = [{ name: 'Bundle' }];
    });
    const artifacts = comparePipelines(shop(), after).artifacts.filter(({ marks }) => marks.length > 0);
    expect(artifacts.map(({ after: now, marks }) => [now?.value.name, marks])).toEqual([
      ['RepoOut', ['changed']],
      ['Bundle', ['renamed', 'changed']],
    ]);
  });

  it('tells variables and triggers', () => {
    const before = { ...shop(), variables: [{ name: 'REGION', defaultValue: 'eu-west-1', description: 'Where' }] };
    const after = changed((pipeline) => {
      pipeline.variables = [{ name: 'PLACE', defaultValue: 'eu-west-1', description: 'Where' }, { name: 'TAG' }];
      pipeline.triggers = [
        { providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Repo', push: [{}] } },
      ];
    }, before);
    expect(told(before, after)).toEqual(['variable PLACE: renamed', 'variable TAG: added', 'trigger Repo: added']);
  });
});

describe('both on one canvas', () => {
  it('shows what is gone where it was', () => {
    const after = changed((pipeline) => {
      pipeline.stages.splice(1, 1);
      stageOf(pipeline, 'Deploy').actions.splice(0, 1);
    });
    const { pipeline, marks } = joinedPipeline(comparePipelines(shop(), after), shop(), after);
    expect(pipeline.stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ['Source', ['Repo']],
      ['Build', ['Lint', 'Compile', 'Package']],
      ['Deploy', ['Live', 'Stage']],
    ]);
    expect(Object.fromEntries(marks)).toEqual({
      Build: ['removed'],
      'Build/Lint': ['removed'],
      'Build/Compile': ['removed'],
      'Build/Package': ['removed'],
      'Deploy/Stage': ['removed'],
    });
  });

  it('shows the earlier one with what is new where it would be, under the same marks, and finds what the list names', () => {
    const after = changed((pipeline) => {
      stageOf(pipeline, 'Build').name = 'Assemble';
      const [lint] = stageOf(pipeline, 'Assemble').actions.splice(0, 1);
      stageOf(pipeline, 'Deploy').actions.push(lint!);
      const asked = pipelineOf({ Source: ['Repo'], Deploy: ['Approve'] }).stages[1]!.actions[0]!;
      stageOf(pipeline, 'Assemble').actions.push({ ...asked, name: 'Scan' });
      stageOf(pipeline, 'Assemble').actions.splice(0, 1);
    });
    const comparison = comparePipelines(shop(), after);
    const listed = changeList(comparison, shop(), after)
      .filter(({ kind }) => kind === 'stage' || kind === 'action')
      .map(({ where }) => where);
    expect(listed).toEqual(['Assemble', 'Assemble/Scan', 'Build/Compile', 'Deploy/Lint']);
    const early = joinedPipeline(comparison, shop(), after, 'before');
    expect(early.pipeline.stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ['Source', ['Repo']],
      ['Build', ['Lint', 'Compile', 'Package', 'Scan']],
      ['Deploy', ['Stage', 'Live']],
    ]);
    expect(Object.fromEntries(early.marks)).toEqual({
      Build: ['renamed'],
      'Build/Lint': ['moved'],
      'Build/Compile': ['removed'],
      'Build/Scan': ['added'],
    });
    expect(listed.map((where) => early.places.get(where) ?? where)).toEqual([
      'Build',
      'Build/Scan',
      'Build/Compile',
      'Build/Lint',
    ]);
    const late = joinedPipeline(comparison, shop(), after);
    expect(listed.map((where) => late.places.get(where) ?? where)).toEqual([
      'Assemble',
      'Assemble/Scan',
      'Assemble/Compile',
      'Deploy/Lint',
    ]);
  });
});

it('finds the fewest that moved', () => {
  expect([...movedOf([3, 0, 1, 2])]).toEqual([0]);
  expect([...movedOf([0, 1, 2])]).toEqual([]);
  expect(movedOf([2, 1, 0]).size).toBe(2);
});

describe('for any two declarations', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('a comparison says all that differs (seed %i)', (seed) => {
    const random = randomFrom(seed * 7919 + 1);
    const before = seed % 2 ? completePipeline() : shop();
    const after = structuredClone(before);
    for (let count = 0; count < 1 + (seed % 9); count += 1) mutatePipeline(after, random);
    expect(isEqual(comparePipelines(after, structuredClone(after)))).toBe(true);
    const comparison = comparePipelines(before, after);
    const applied = applyComparison(before, comparison);
    const left = comparePipelines(applied, after);
    expect(changeList(left, applied, after)).toEqual([]);
    // Backwards, each added one is a removed one.
    const count = (one: typeof comparison, mark: 'added' | 'removed') =>
      [...one.stages, ...one.actions].filter(({ marks }) => marks.includes(mark)).length;
    expect(count(comparison, 'added') - count(comparison, 'removed')).toBe(
      count(comparePipelines(after, before), 'removed') - count(comparePipelines(after, before), 'added'),
    );
    const joined = joinedPipeline(comparison, before, after);
    const all = [...comparison.stages, ...comparison.actions];
    expect(joined.pipeline.stages.length + joined.pipeline.stages.flatMap(({ actions }) => actions).length).toBe(
      all.length,
    );
  });
});

it('looks at few pairs of a thousand renamed actions', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `Action${index}`);
  const before = pipelineOf({ Source: ['Repo'], Build: names });
  const after = structuredClone(before);
  const reads = { count: 0 };
  for (const action of stageOf(after, 'Build').actions) {
    const { name } = action;
    Object.defineProperty(action, 'name', {
      enumerable: true,
      get: () => {
        reads.count += 1;
        return `${name}Later`;
      },
    });
  }
  const { actions } = comparePipelines(before, after);
  expect(actions.filter(({ marks }) => marks.join() === 'renamed')).toHaveLength(1000);
  expect(reads.count).toBeLessThan(100 * 1000);
});
