import { describe, expect, it, test } from 'vitest';
import { findProvider } from '../../../shared/providers/table.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { validate } from '../../../shared/validation/validate.ts';
import { applied, refusalOf, shapeOf } from '../../testing/shapeOf.ts';
import { layoutPipeline } from '../layout.ts';
import type { Slot } from '../slots.ts';
import { addAction } from './addAction.ts';
import { connect, connectable, disconnect } from './connect.ts';
import { duplicate } from './duplicate.ts';
import { duplicateInto } from './duplicateInto.ts';
import { moveAction } from './moveAction.ts';
import { moveStage } from './moveStage.ts';
import { remove } from './remove.ts';

const provider = (category: 'Source' | 'Build' | 'Deploy' | 'Approval' | 'Invoke', name: string) =>
  findProvider({ category, owner: 'AWS', provider: name, version: '1' });
const codeBuild = provider('Build', 'CodeBuild');
const s3Deploy = provider('Deploy', 'S3');
const approval = provider('Approval', 'Manual');
const codeCommit = provider('Source', 'CodeCommit');
const lambda = provider('Invoke', 'Lambda');
const group = (stageIndex: number, groupIndex: number): Slot => ({ kind: 'group', stageIndex, groupIndex });
const beside = (stageIndex: number, groupIndex: number): Slot => ({ kind: 'beside', stageIndex, groupIndex });
const stage = (index: number, name?: string): Slot => ({ kind: 'stage', index, ...(name && { name }) });

describe('adding an action', () => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Package@2'] });

  test.each([
    { slot: beside(1, 0), gives: ['Lint', 'Build', 'Package@2'], why: 'beside a card runs in parallel with it' },
    { slot: group(1, 1), gives: ['Lint', 'Build@2', 'Package@3'], why: 'between two groups moves the later one on' },
    { slot: group(1, 0), gives: ['Build', 'Lint@2', 'Package@3'], why: 'before the first group moves all on' },
    { slot: group(1, 2), gives: ['Lint', 'Package@2', 'Build@3'], why: 'below the last group runs last' },
  ])('$why', ({ slot, gives }) => {
    expect(shapeOf(applied(pipeline, addAction(pipeline, codeBuild, slot))).Build).toEqual(gives);
  });

  it('uses a gap in the run orders before it moves others on', () => {
    const gap = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Package@5'] });
    expect(shapeOf(applied(gap, addAction(gap, codeBuild, group(1, 1)))).Build).toEqual([
      'Lint',
      'Build@2',
      'Package@5',
    ]);
  });

  it('between two stages makes a stage for it', () => {
    const changed = applied(pipeline, addAction(pipeline, approval, stage(1)));
    expect(shapeOf(changed)).toEqual({ Source: ['Repo'], Approval: ['Approve'], Build: ['Lint', 'Package@2'] });
  });

  it('takes the nearest earlier artifact as input and names a new output', () => {
    const changed = applied(pipeline, addAction(pipeline, codeBuild, group(1, 2)));
    expect(changed.stages[1]!.actions[2]).toMatchObject({
      name: 'Build',
      runOrder: 3,
      inputArtifacts: [{ name: 'PackageOut' }],
      outputArtifacts: [{ name: 'BuildOutput' }],
    });
  });

  it('gives an approval no artifacts', () => {
    const changed = applied(pipeline, addAction(pipeline, approval, stage(2)));
    const [action] = changed.stages[2]!.actions;
    expect(action).not.toHaveProperty('inputArtifacts');
    expect(action).not.toHaveProperty('outputArtifacts');
  });

  it('leaves what only the user knows to be filled in, and nothing else wrong', () => {
    const changed = applied(pipeline, addAction(pipeline, s3Deploy, stage(2)));
    const found = validate(changed).filter(({ severity }) => severity === 'error');
    expect(found.map(({ where, field }) => `${where} ${field}`)).toEqual(
      found.map(() => expect.stringMatching(/^Deploy\/Deploy (BucketName|Extract|ObjectKey)$/)),
    );
    expect(found.length).toBeGreaterThan(0);
  });

  it('never gives a name twice', () => {
    let grown = pipeline;
    for (let count = 0; count < 12; count += 1) grown = applied(grown, addAction(grown, codeBuild, beside(1, 0)));
    const names = grown.stages.flatMap(({ actions }) => actions.map(({ name }) => name));
    const outputs = grown.stages
      .flatMap(({ actions }) => actions.flatMap((a) => a.outputArtifacts ?? []))
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(outputs).size).toBe(outputs.length);
  });

  test.each([
    { provider: codeCommit, slot: group(1, 2), because: 'A source action can only stand in the first stage (Source).' },
    { provider: codeCommit, slot: stage(1), because: 'A source action can only stand in the first stage.' },
    {
      provider: codeCommit,
      slot: stage(0),
      because: 'Source is the first stage already. Put the source action there.',
    },
    { provider: codeBuild, slot: beside(0, 0), because: 'Source is the first stage: it holds source actions only.' },
    { provider: approval, slot: group(0, 1), because: 'Source is the first stage: it holds source actions only.' },
    {
      provider: approval,
      slot: stage(0),
      because: 'The first stage holds the source actions, so nothing goes before it.',
    },
  ])('is refused with the reason: $because', ({ provider: type, slot, because }) => {
    expect(refusalOf(addAction(pipeline, type, slot))).toBe(because);
  });

  it('fills the slots of an empty pipeline in any order', () => {
    const empty = pipelineOf({});
    const built = applied(empty, addAction(empty, codeBuild, stage(0, 'Build')));
    const ghost = layoutPipeline(built).ghosts[0]!;
    expect(ghost).toMatchObject({ name: 'Source', insertAt: 0 });
    const sourced = applied(built, addAction(built, codeCommit, stage(ghost.insertAt, ghost.name)));
    expect(shapeOf(sourced)).toEqual({ Source: ['Source'], Build: ['Build'] });
  });
});

describe('moving an action', () => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Test: ['Unit'] });

  test.each([
    { where: 'Build/Lint', slot: group(1, 1), gives: { Build: ['Compile', 'Lint@2', 'Package@3'] } },
    { where: 'Build/Package', slot: beside(1, 0), gives: { Build: ['Lint', 'Compile', 'Package'] } },
    { where: 'Build/Package', slot: group(1, 0), gives: { Build: ['Package', 'Lint@2', 'Compile@2'] } },
    { where: 'Build/Lint', slot: beside(2, 0), gives: { Build: ['Compile', 'Package@2'], Test: ['Unit', 'Lint'] } },
    { where: 'Build/Lint', slot: group(2, 1), gives: { Build: ['Compile', 'Package@2'], Test: ['Unit', 'Lint@2'] } },
  ])('$where to $slot', ({ where, slot, gives }) => {
    expect(shapeOf(applied(pipeline, moveAction(pipeline, where, slot)))).toMatchObject(gives);
  });

  it('takes the stage along that it leaves empty', () => {
    const changed = applied(pipeline, moveAction(pipeline, 'Test/Unit', beside(1, 1)));
    expect(shapeOf(changed)).toEqual({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2', 'Unit@2'] });
  });

  it('to a place between stages makes a stage of it', () => {
    const changed = applied(pipeline, moveAction(pipeline, 'Build/Lint', stage(1)));
    expect(Object.keys(shapeOf(changed))).toEqual(['Source', 'Lint', 'Build', 'Test']);
  });

  it('that is alone in its stage moves the stage', () => {
    const changed = applied(pipeline, moveAction(pipeline, 'Test/Unit', stage(1)));
    expect(Object.keys(shapeOf(changed))).toEqual(['Source', 'Test', 'Build']);
  });

  it.each([
    { where: 'Build/Lint', slot: beside(1, 0) },
    { where: 'Test/Unit', slot: group(2, 0) },
    { where: 'Test/Unit', slot: group(2, 1) },
    { where: 'Test/Unit', slot: stage(2) },
  ])('$where to where it is changes nothing', ({ where, slot }) => {
    expect(moveAction(pipeline, where, slot)).toMatchObject({ edits: [] });
  });

  it('keeps every field of it', () => {
    const special = pipelineOf({
      Source: ['Repo'],
      Build: [{ name: 'Odd', region: 'eu-west-1', runOrder: 4 }, 'Other'],
      Test: ['Unit'],
    });
    const before = special.stages[1]!.actions[0]!;
    const changed = applied(special, moveAction(special, 'Build/Odd', beside(2, 0)));
    expect(changed.stages[2]!.actions[1]).toEqual({ ...before, runOrder: 1 });
  });

  it('gives it another name where its own is taken, and says so to whoever keeps something by it', () => {
    const same = pipelineOf({ Source: ['Repo'], Build: ['Check', 'Other'], Test: ['Check'] });
    const moved = moveAction(same, 'Build/Check', beside(2, 0));
    expect(moved).toMatchObject({ renamed: { from: 'Build/Check', to: 'Test/Check2' } });
    expect(shapeOf(applied(same, moved)).Test).toEqual(['Check', 'Check2']);
  });

  it('is refused for a source action outside the first stage', () => {
    expect(refusalOf(moveAction(pipeline, 'Source/Repo', beside(1, 0)))).toMatch(/first stage/);
  });

  it('keeps every action, whatever the slot', () => {
    const names = (shape: Record<string, string[]>) =>
      Object.values(shape)
        .flat()
        .map((name) => name.split('@')[0])
        .sort();
    const all = names(shapeOf(pipeline));
    const layout = layoutPipeline(pipeline);
    const slots: Slot[] = layout.stages.flatMap(({ stageIndex, groups }) => [
      stage(stageIndex),
      ...Array.from({ length: groups.length + 1 }, (_, index) => group(stageIndex, index)),
      ...groups.map((_, index) => beside(stageIndex, index)),
    ]);
    for (const { where } of layout.cards.values())
      for (const slot of slots) {
        const moved = moveAction(pipeline, where, slot);
        if (refusalOf(moved) || ('edits' in moved && moved.edits.length === 0)) continue;
        expect(names(shapeOf(applied(pipeline, moved)))).toEqual(all);
      }
  });
});

describe('moving a stage', () => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Compile'], Test: ['Unit'], Ship: ['Upload'] });
  it.each([
    { where: 'Ship', index: 1, gives: ['Source', 'Ship', 'Build', 'Test'] },
    { where: 'Build', index: 4, gives: ['Source', 'Test', 'Ship', 'Build'] },
  ])('$where before place $index', ({ where, index, gives }) => {
    expect(Object.keys(shapeOf(applied(pipeline, moveStage(pipeline, where, index))))).toEqual(gives);
  });
  it('is refused before and for the stage of the sources', () => {
    expect(refusalOf(moveStage(pipeline, 'Build', 0))).toMatch(/stays first/);
    expect(refusalOf(moveStage(pipeline, 'Source', 3))).toMatch(/stays first/);
  });
});

describe('deleting', () => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Test: ['Unit'] });
  it('takes several actions of several stages in one step', () => {
    const removed = remove(pipeline, ['Build/Lint', 'Test/Unit', 'Build/Package']);
    expect(removed).toMatchObject({ label: 'Delete 3 actions' });
    expect(shapeOf(applied(pipeline, removed))).toEqual({ Source: ['Repo'], Build: ['Compile'], Test: [] });
  });
  it('takes a stage with its actions, also when one of them is selected too', () => {
    expect(shapeOf(applied(pipeline, remove(pipeline, ['Build', 'Build/Lint'])))).toEqual({
      Source: ['Repo'],
      Test: ['Unit'],
    });
  });
  it('is refused without a selection', () => {
    expect(refusalOf(remove(pipeline, ['']))).not.toBe('');
  });
});

describe('duplicating', () => {
  const pipeline = pipelineOf({
    Source: ['Repo'],
    Build: [
      { name: 'Compile', namespace: 'Compile' },
      { name: 'Package', runOrder: 2, inputArtifacts: [{ name: 'CompileOut' }] },
    ],
  });
  it('an action gives it a new name and new outputs, keeps its inputs and drops its namespace', () => {
    const changed = applied(pipeline, duplicate(pipeline, 'Build/Compile'));
    const copy = changed.stages[1]!.actions[1]!;
    expect(copy).toMatchObject({
      name: 'Compile2',
      outputArtifacts: [{ name: 'CompileOut2' }],
      inputArtifacts: [{ name: 'RepoOut' }],
    });
    expect(copy).not.toHaveProperty('namespace');
  });
  it('a stage keeps the connections inside it', () => {
    const changed = applied(pipeline, duplicate(pipeline, 'Build'));
    expect(changed.stages[2]).toMatchObject({ name: 'Build2' });
    expect(changed.stages[2]!.actions[1]!.inputArtifacts).toEqual([{ name: 'CompileOut2' }]);
  });
  it('the stage of the sources is refused', () => {
    expect(refusalOf(duplicate(pipeline, 'Source'))).toMatch(/first stage/);
  });
  it('into a slot copies and leaves the original', () => {
    const changed = applied(pipeline, duplicateInto(pipeline, 'Build/Compile', group(1, 2)));
    expect(shapeOf(changed).Build).toEqual(['Compile', 'Package@2', 'Compile2@3']);
  });
});

describe('connecting', () => {
  const pipeline = pipelineOf({
    Source: ['Repo'],
    Build: ['Lint', 'Compile', 'Package@2'],
    Approve: ['Approve'],
    Ship: [
      {
        name: 'Upload',
        actionTypeId: s3Deploy.actionTypeId,
        inputArtifacts: [{ name: 'PackageOut' }],
        outputArtifacts: [],
      },
      { name: 'Notify', actionTypeId: lambda.actionTypeId, inputArtifacts: undefined, outputArtifacts: undefined },
    ],
  });

  it('adds the producer’s artifact to the inputs', () => {
    const changed = applied(pipeline, connect(pipeline, 'Build/Compile', 'Build/Package'));
    expect(changed.stages[1]!.actions[2]!.inputArtifacts).toEqual([{ name: 'RepoOut' }, { name: 'CompileOut' }]);
  });

  it('makes an output for a producer that has none and may have one', () => {
    const bare = pipelineOf({
      Source: ['Repo'],
      Build: [{ name: 'Compile', outputArtifacts: undefined }],
      Test: ['Unit'],
    });
    const changed = applied(bare, connect(bare, 'Build/Compile', 'Test/Unit'));
    expect(changed.stages[1]!.actions[0]!.outputArtifacts).toEqual([{ name: 'CompileOutput' }]);
    expect(changed.stages[2]!.actions[0]!.inputArtifacts).toContainEqual({ name: 'CompileOutput' });
  });

  test.each([
    { from: 'Build/Package', to: 'Build/Lint', because: 'Lint runs before Package.' },
    { from: 'Build/Lint', to: 'Build/Compile', because: 'Lint and Compile run side by side (run order 1).' },
    { from: 'Build/Lint', to: 'Build/Lint', because: 'An action cannot take its own output.' },
    { from: 'Source/Repo', to: 'Build/Lint', because: 'Lint already takes RepoOut.' },
    { from: 'Build/Lint', to: 'Approve/Approve', because: 'Manual approval actions take no input artifact.' },
    { from: 'Build/Lint', to: 'Ship/Upload', because: 'Amazon S3 deploy actions take at most 1 input artifact.' },
  ])('is refused: $because', ({ from, to, because }) => {
    expect(refusalOf(connect(pipeline, from, to))).toBe(because);
  });

  it('offers what earlier actions produce and it does not take yet, nearest first', () => {
    expect(connectable(pipeline, 'Build/Package').map(({ artifact }) => artifact)).toEqual(['LintOut', 'CompileOut']);
  });

  it('disconnecting the only input removes the list', () => {
    const changed = applied(pipeline, disconnect(pipeline, 'Ship/Upload', 'PackageOut'));
    expect(changed.stages[3]!.actions[0]).not.toHaveProperty('inputArtifacts');
  });
});
