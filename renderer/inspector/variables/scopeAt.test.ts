import { expect, it } from 'vitest';
import { judgeReference } from '../../../shared/references/variableScope.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { scope as german, scopeTexts } from '../../strings/german/scope.ts';
import { scopeAt } from './scopeAt.ts';

const pipeline = pipelineOf({ Source: ['App'], Build: ['First', 'Second'], Deploy: ['Site'] });
for (const stage of pipeline.stages) for (const action of stage.actions) action.namespace = `Of${action.name}`;
pipeline.variables = [{ name: 'Target' }];

it('is said in English by default', () => {
  const [execution] = scopeAt(pipeline, { stageName: 'Build', actionName: 'First' });
  expect(execution).toMatchObject({ title: 'This execution', keys: [{ help: 'Id of the running execution' }] });
});

it('has a German text for every sentence that a scope says', () => {
  const scope = scopeAt(pipeline, { stageName: 'Build', actionName: 'First' });
  const sentences = [
    ...scope.flatMap(({ reason }) => reason ?? []),
    ...scope.filter(({ where }) => where === '').flatMap(({ title, keys }) => [title, ...keys.map(({ help }) => help)]),
    judgeReference(scope, 'Gone', 'X').what,
  ];
  expect(sentences.length).toBeGreaterThan(6);
  for (const sentence of sentences) expect(german.text(sentence), sentence).not.toBe(sentence);
  expect(german.text('Build/Second runs side by side with it (run order 1).')).toBe(
    'Build/Second läuft gleichzeitig (Run Order 1).',
  );
});

it('leaves names as they are', () => {
  expect(german.text('Build / First')).toBe('Build / First');
  expect(Object.values(scopeTexts).every((text) => text.length > 0)).toBe(true);
});
