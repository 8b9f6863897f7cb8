import type { PipelineDeclaration } from '../model/declaration.ts';
import type { ActionComparison, ArtifactComparison, ArtifactFacts, Mark } from './comparison.ts';
import { fieldChanges } from './fieldChanges.ts';

/**
 * Artifacts by name; one that is gone is the new one that the same action hands on at the same place of its outputs. Actions
 * are named as they are called later, so that a rename alone changes no artifact.
 */
export function compareArtifacts(
  before: PipelineDeclaration,
  after: PipelineDeclaration,
  actions: readonly ActionComparison[],
): ArtifactComparison[] {
  const laterName = new Map<string, string>();
  for (const { stageBefore, stageAfter, before: old, after: now } of actions)
    if (old && now) laterName.set(`${stageBefore}/${old.index}`, placeOf(after, stageAfter!, now.index));
  const old = artifactsOf(
    before,
    (stage, action) => laterName.get(`${stage}/${action}`) ?? placeOf(before, stage, action),
  );
  const now = artifactsOf(after, (stage, action) => placeOf(after, stage, action));
  const renames = renamedOutputs(actions, old, now);
  const places = new Map([...now.keys()].map((name, index) => [name, index]));

  const compared: ArtifactComparison[] = [];
  const taken = new Set<string>();
  for (const [index, value] of [...old.values()].entries()) {
    const name = now.has(value.name) ? value.name : renames.get(value.name);
    const there = name === undefined ? undefined : now.get(name);
    if (!there) {
      compared.push({ before: { index, value }, after: undefined, marks: ['removed'], fields: [] });
      continue;
    }
    taken.add(there.name);
    const fields = fieldChanges(value, there, { without: ['name'] });
    const found: Mark[] = [];
    if (value.name !== there.name) found.push('renamed');
    if (fields.length > 0) found.push('changed');
    compared.push({
      before: { index, value },
      after: { index: places.get(there.name)!, value: there },
      marks: found,
      fields,
    });
  }
  for (const [index, value] of [...now.values()].entries())
    if (!taken.has(value.name))
      compared.push({ before: undefined, after: { index, value }, marks: ['added'], fields: [] });
  return compared;
}

const placeOf = ({ stages }: PipelineDeclaration, stage: number, action: number): string =>
  `${stages[stage]!.name}/${stages[stage]!.actions[action]!.name}`;

function artifactsOf(
  { stages }: PipelineDeclaration,
  nameOf: (stage: number, action: number) => string,
): Map<string, ArtifactFacts> {
  const found = new Map<string, { name: string; madeBy: string[]; readBy: string[]; files: string[] }>();
  const of = (name: string) => {
    const known = found.get(name) ?? { name, madeBy: [], readBy: [], files: [] };
    found.set(name, known);
    return known;
  };
  for (const [stageIndex, stage] of stages.entries())
    for (const [actionIndex, action] of stage.actions.entries()) {
      const place = nameOf(stageIndex, actionIndex);
      for (const { name, files = [] } of action.outputArtifacts ?? []) {
        of(name).madeBy.push(place);
        of(name).files.push(...files);
      }
      for (const { name } of action.inputArtifacts ?? []) of(name).readBy.push(place);
    }
  // In which order the readers stand says nothing about the artifact.
  for (const artifact of found.values()) {
    artifact.readBy.sort();
    artifact.madeBy.sort();
  }
  return found;
}

function renamedOutputs(
  actions: readonly ActionComparison[],
  old: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, unknown>,
): Map<string, string> {
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const { before, after } of actions) {
    const outputs = after?.value.outputArtifacts ?? [];
    for (const [index, { name }] of (before?.value.outputArtifacts ?? []).entries()) {
      const later = outputs[index]?.name;
      if (later === undefined || now.has(name) || old.has(later) || renames.has(name) || taken.has(later)) continue;
      renames.set(name, later);
      taken.add(later);
    }
  }
  return renames;
}
