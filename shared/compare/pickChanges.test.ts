import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { mutatePipeline, randomFrom } from '../testing/mutatePipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { changeList } from './changeList.ts';
import { comparePipelines } from './comparePipelines.ts';
import { type PickableChange, pickableChanges, togglePick, withPicked } from './pickChanges.ts';

const shop = () => pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Deploy: ['ApproveLive'] });
const changed = (change: (pipeline: PipelineDeclaration) => void) => {
  const after = shop();
  change(after);
  return after;
};
const lookedAt = (after: PipelineDeclaration, before = shop()) => {
  const comparison = comparePipelines(before, after);
  const changes = pickableChanges(comparison, before, after);
  const idOf = (where: string) => changes.find((change) => (change.where || change.name) === where)!.id;
  return { comparison, changes, idOf, with_: (picked: ReadonlySet<string>) => withPicked(comparison, before, picked) };
};
const all = (changes: readonly PickableChange[]) => new Set(changes.map(({ id }) => id));
const outline = ({ stages }: PipelineDeclaration) =>
  stages.map(({ name, actions }) => `${name}: ${actions.map((action) => action.name).join(' ')}`);
const differ = (a: PipelineDeclaration, b: PipelineDeclaration) => changeList(comparePipelines(a, b), a, b);

describe('picked changes', () => {
  it('are made and no others', () => {
    const after = changed(({ stages }) => {
      stages[1]!.actions[0]!.configuration!.ProjectName = 'strict';
      stages[1]!.actions.splice(1, 1);
      stages[2]!.actions.push({ ...structuredClone(stages[2]!.actions[0]!), name: 'Verify', runOrder: 2 });
    });
    const { changes, idOf, with_ } = lookedAt(after);
    expect(changes.map(({ where }) => where)).toEqual(['Build/Lint', 'Build/Compile', 'Deploy/Verify']);
    const result = with_(new Set([idOf('Deploy/Verify')]));
    expect(outline(result)).toEqual(['Source: Repo', 'Build: Lint Compile Package', 'Deploy: ApproveLive Verify']);
    expect(result.stages[1]!.actions[0]!.configuration).toEqual(shop().stages[1]!.actions[0]!.configuration);
    expect(outline(with_(new Set([idOf('Build/Compile')])))[1]).toBe('Build: Lint Package');
  });

  it('of the pipeline itself stand alone, member by member', () => {
    const after = changed((pipeline) => {
      pipeline.executionMode = 'QUEUED';
      pipeline.roleArn = 'arn:aws:iam::111122223333:role/other';
    });
    const { changes, with_ } = lookedAt(after);
    expect(changes.map(({ fields }) => fields[0]?.path.join('.'))).toEqual(['roleArn', 'executionMode']);
    const result = with_(new Set([changes[1]!.id]));
    expect(result.executionMode).toBe('QUEUED');
    expect(result.roleArn).toBe(shop().roleArn);
  });

  it('bring the new stage that they need, and a stage goes only with all that was in it', () => {
    const after = changed(({ stages }) => {
      const [lint] = stages[1]!.actions.splice(0, 1);
      stages.splice(2, 0, { name: 'Audit', actions: [lint!] });
      stages.pop();
    });
    const { changes, idOf, with_ } = lookedAt(after);
    let picked = togglePick(changes, new Set(), idOf('Audit/Lint'));
    expect(picked).toEqual(new Set([idOf('Audit/Lint'), idOf('Audit')]));
    expect(outline(with_(picked))).toEqual([
      'Source: Repo',
      'Build: Compile Package',
      'Audit: Lint',
      'Deploy: ApproveLive',
    ]);
    picked = togglePick(changes, picked, idOf('Audit'));
    expect(picked.size).toBe(0);
    expect(togglePick(changes, picked, idOf('Audit'))).toContain(idOf('Audit/Lint'));
    picked = togglePick(changes, all(changes), idOf('Deploy'));
    expect(picked).not.toContain(idOf('Deploy/ApproveLive'));
    picked = togglePick(changes, all(changes), idOf('Deploy/ApproveLive'));
    expect(picked.has(idOf('Deploy'))).toBe(false);
    expect(outline(with_(picked))).toEqual([
      'Source: Repo',
      'Build: Compile Package',
      'Audit: Lint',
      'Deploy: ApproveLive',
    ]);
  });
});

describe('for any two declarations', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'all picks make the later one, none the earlier (seed %i)',
    (seed) => {
      const random = randomFrom(seed * 104_729 + 3);
      const before = seed % 2 ? completePipeline() : shop();
      const after = structuredClone(before);
      for (let count = 0; count < 1 + (seed % 9); count += 1) mutatePipeline(after, random);
      const { changes, with_ } = lookedAt(after, before);
      expect(with_(new Set())).toEqual(before);
      expect(differ(with_(all(changes)), after)).toEqual([]);
      // Whatever is picked, nothing is there twice and nothing is lost that should stay.
      let picked: ReadonlySet<string> = new Set();
      for (const { id } of changes) if (random() < 0.4) picked = togglePick(changes, picked, id);
      const added = (one: PickableChange) => one.marks.includes('added');
      const gone = (one: PickableChange) => one.marks.includes('removed');
      const count = (pipeline: PipelineDeclaration) => pipeline.stages.flatMap(({ actions }) => actions).length;
      const took = changes.filter(({ id, kind }) => kind === 'action' && picked.has(id));
      expect(count(with_(picked))).toBe(count(before) + took.filter(added).length - took.filter(gone).length);
    },
  );
});
