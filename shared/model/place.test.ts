import { describe, expect, it, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { pathOf, placeOf } from './place.ts';

const pipeline = completePipeline();

describe('the place of a problem', () => {
  test.each<[where: string, field: string | undefined, path: (string | number)[]]>([
    ['', undefined, []],
    ['', 'roleArn', ['roleArn']],
    ['', 'variables.0.name', ['variables', 0, 'name']],
    ['Build', undefined, ['stages', 1]],
    ['Build', 'onFailure.result', ['stages', 1, 'onFailure', 'result']],
    ['Build/Lint', undefined, ['stages', 1, 'actions', 1]],
    ['Build/Lint', 'runOrder', ['stages', 1, 'actions', 1, 'runOrder']],
    ['Build/Lint', 'inputArtifacts.0.name', ['stages', 1, 'actions', 1, 'inputArtifacts', 0, 'name']],
    ['Build/Lint', 'ProjectName', ['stages', 1, 'actions', 1, 'configuration', 'ProjectName']],
    ['Build/Lint', 'PrimarySource', ['stages', 1, 'actions', 1, 'configuration', 'PrimarySource']],
  ])('%j with the field %j leads to its path in the declaration, and back', (where, field, path) => {
    expect(pathOf(pipeline, where, field)).toEqual(path);
    expect(placeOf(pipeline, path)).toEqual(field === undefined ? { where } : { where, field });
  });

  it('is nowhere when the stage or action is gone', () => {
    expect(pathOf(pipeline, 'Gone')).toBeUndefined();
    expect(pathOf(pipeline, 'Build/Gone', 'runOrder')).toBeUndefined();
  });

  it('takes a configuration key for what it is even when it is called like a field', () => {
    const custom = completePipeline();
    custom.stages[1]!.actions[1]!.configuration = { region: 'x', 'a.b': 'y' };
    expect(pathOf(custom, 'Build/Lint', 'region')).toEqual(['stages', 1, 'actions', 1, 'configuration', 'region']);
    expect(pathOf(custom, 'Build/Lint', 'a.b')).toEqual(['stages', 1, 'actions', 1, 'configuration', 'a.b']);
  });

  it('names what has no name by its index', () => {
    const unnamed = completePipeline();
    unnamed.stages[1]!.actions[1]!.name = '';
    unnamed.stages[2]!.name = '';
    expect(placeOf(unnamed, ['stages', 1, 'actions', 1, 'runOrder'])).toEqual({
      where: 'Build',
      field: 'actions.1.runOrder',
    });
    expect(placeOf(unnamed, ['stages', 2, 'actions', 0])).toEqual({ where: '', field: 'stages.2.actions.0' });
  });
});
