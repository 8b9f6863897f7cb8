import { describe, expect, it } from 'vitest';
import { actionTypeKey } from '../../shared/model/declaration.ts';
import type { Field } from '../../shared/providers/provider.ts';
import { validate } from '../../shared/validation/validate.ts';
import {
  askedOf,
  choicesOf,
  emptyAnswers,
  faultOf,
  type Part,
  parts,
  providerOf,
  takesCommands,
  type WizardAnswers,
  wizardPipeline,
} from './wizardPipeline.ts';

/** What a person would write into a field who follows its example. */
function sampleOf(key: string, field: Field): string {
  if (field.values) return field.default ?? field.values[0]!;
  if (field.type === 'boolean') return field.default ?? 'true';
  if (field.type === 'integer') return '1';
  if (field.type === 'artifactFile') return 'BuildArtifact::file.yaml';
  if (/Arn$|ARN$/.test(key))
    return (field.placeholder ?? '').replace('…', 'example') || 'arn:aws:iam::111122223333:role/example';
  return field.placeholder ?? 'example';
}

const choose = (answers: WizardAnswers, part: Part, type: string): WizardAnswers => ({
  ...answers,
  parts: { ...answers.parts, [part]: { type, configuration: {}, commands: '' } },
});

/** Fills in what is demanded, one thing after the other: an answer may make another one needless, or needed. */
function filled(answers: WizardAnswers): WizardAnswers {
  let now = answers;
  for (const part of parts) {
    const set = (changed: object) => {
      now = { ...now, parts: { ...now.parts, [part]: { ...now.parts[part], ...changed } } };
    };
    const open = () =>
      askedOf(part, now).find(({ key, isDemanded }) => isDemanded && !now.parts[part].configuration[key]);
    for (let next = open(); next; next = open())
      set({ configuration: { ...now.parts[part].configuration, [next.key]: sampleOf(next.key, next.field) } });
    const provider = providerOf(now.parts[part]);
    if (provider && takesCommands(provider)) set({ commands: 'make test\n\nmake' });
  }
  return now;
}
const errorsOf = (answers: WizardAnswers) =>
  validate(wizardPipeline(answers))
    .filter(({ severity }) => severity === 'error')
    .map(({ where, field, what }) => `${where} ${field}: ${what}`);

describe('what the wizard makes', () => {
  const types = (['V1', 'V2'] as const).flatMap((pipelineType) =>
    parts.flatMap((part) =>
      choicesOf(part, pipelineType).map((provider) => ({
        pipelineType,
        part,
        type: actionTypeKey(provider.actionTypeId),
      })),
    ),
  );

  it.each(types)('is without errors for $type as $part of a $pipelineType pipeline', ({ pipelineType, part, type }) => {
    const answers = filled(choose({ ...emptyAnswers(), pipelineType }, part, type));
    for (const other of parts) expect(faultOf(other, answers)).toBe('');
    expect(errorsOf(answers)).toEqual([]);
  });

  it('has a stage for each part that was not skipped, and hands the artifact on', () => {
    const answers = filled(choose(choose(emptyAnswers(), 'Test', 'Test/AWS/CodeBuild/1'), 'Build', ''));
    const { stages } = wizardPipeline(answers);
    expect(stages.map(({ name }) => name)).toEqual(['Source', 'Test', 'Deploy']);
    expect(stages.map(({ actions }) => actions[0]?.inputArtifacts?.[0]?.name)).toEqual([
      undefined,
      'SourceArtifact',
      'SourceArtifact',
    ]);
    expect(wizardPipeline(filled(emptyAnswers())).stages.at(-1)?.actions[0]?.inputArtifacts).toEqual([
      { name: 'BuildArtifact' },
    ]);
  });

  it('takes commands line by line', () => {
    const { stages } = wizardPipeline(filled(choose(emptyAnswers(), 'Build', 'Compute/AWS/Commands/1')));
    expect(stages[1]?.actions[0]?.commands).toEqual(['make test', 'make']);
  });
});

describe('the wizard does not go on', () => {
  it('without a source', () => {
    expect(faultOf('Source', choose(emptyAnswers(), 'Source', ''))).toMatch(/source/);
  });
  it('when build, test and deployment are all skipped', () => {
    const answers = choose(choose(emptyAnswers(), 'Build', ''), 'Deploy', '');
    expect(faultOf('Build', answers)).toBe('');
    expect(faultOf('Deploy', answers)).toMatch(/needs a stage after its source/);
    expect(faultOf('Deploy', choose(answers, 'Test', 'Test/AWS/CodeBuild/1'))).toBe('');
  });
  it('while something demanded is open, and names it', () => {
    expect(faultOf('Source', emptyAnswers())).toBe('Fill in Connection ARN, Repository, Branch.');
    expect(faultOf('Build', choose(emptyAnswers(), 'Build', 'Compute/AWS/Commands/1'))).toMatch(/command/);
  });
});
