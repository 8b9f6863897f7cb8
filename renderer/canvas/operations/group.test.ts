import { describe, expect, it } from 'vitest';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { validate } from '../../../shared/validation/validate.ts';
import { applied, refusalOf, shapeOf } from '../../testing/shapeOf.ts';
import { groupActions, ungroupActions } from './group.ts';

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Unit@2', 'Style@2', 'Pack@3'], Ship: ['Ship'] });
const grouped = (...places: string[]) => shapeOf(applied(pipeline, groupActions(pipeline, places))).Build;
const ungrouped = (...places: string[]) => shapeOf(applied(pipeline, ungroupActions(pipeline, places))).Build;

describe('running side by side', () => {
  it('brings the selected actions to where the first of them runs', () => {
    expect(grouped('Build/Pack', 'Build/Lint')).toEqual(['Lint', 'Pack', 'Unit@2', 'Style@2']);
    expect(validate(applied(pipeline, groupActions(pipeline, ['Build/Pack', 'Build/Lint'])))).toEqual([]);
  });

  it('is refused for one action, for actions of several stages, for a stage, and for what runs so already', () => {
    for (const places of [['Build/Lint'], ['Build/Lint', 'Ship/Ship'], ['Build'], []])
      expect(refusalOf(groupActions(pipeline, places))).toBe('Select two or more actions of one stage.');
    expect(refusalOf(groupActions(pipeline, ['Build/Unit', 'Build/Style']))).toMatch(/side by side already/);
  });

  it('is refused where one needs what another makes', () => {
    const chain = pipelineOf({
      Source: ['Repo'],
      Build: ['Compile', { name: 'Pack', runOrder: 2, inputArtifacts: [{ name: 'CompileOut' }] }, 'Test@3'],
    });
    expect(refusalOf(groupActions(chain, ['Build/Compile', 'Build/Pack']))).toBe(
      'Pack takes an artifact of Compile, so it has to run after it.',
    );
    expect(refusalOf(groupActions(chain, ['Build/Pack', 'Build/Test']))).toBe('');
  });
});

describe('running one after the other', () => {
  it('takes the group of the selected action apart and moves on what comes after', () => {
    expect(ungrouped('Build/Style')).toEqual(['Lint', 'Unit@2', 'Style@3', 'Pack@4']);
  });
  it('is refused for an action that runs alone', () => {
    expect(refusalOf(ungroupActions(pipeline, ['Build/Pack']))).toBe('Pack runs alone already.');
  });
  it('is what undoes the other', () => {
    const once = applied(pipeline, groupActions(pipeline, ['Build/Lint', 'Build/Unit']));
    expect(shapeOf(applied(once, ungroupActions(once, ['Build/Lint']))).Build).toEqual([
      'Lint',
      'Unit@2',
      'Style@3',
      'Pack@4',
    ]);
  });
});
