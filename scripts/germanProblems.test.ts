import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '../renderer/strings/german/messages.ts';
import { literalTexts } from './literalTexts.ts';
import { root } from './root.ts';

describe('the German texts of problems', () => {
  const files = globSync('shared/{model,model/edits,validation/rules,validation/advice,validation/fixes}/*.ts', {
    cwd: root,
  }).filter((file) => !file.endsWith('.test.ts'));
  /** Put together from parts that are covered below. */
  const COMPOSED = [
    'Source actions run',
    'An action of another owner than AWS runs',
    '{} in the pipeline’s own Region; this one is in {}, but {} in {}.',
    'The action has {} {}{}; {} takes {}.',
    'The rule has {} input artifact{}; {} takes {}.',
    'Add an {}.',
  ];

  it.each(files)('are whole for %s', (file) => {
    const texts = literalTexts(file, readFileSync(join(root, file), 'utf8')).map(({ text }) => text);
    const missing = texts.filter((text) => !COMPOSED.includes(text) && said(text) === filled(text));
    expect(missing).toEqual([]);
  });

  /** With a number in each blank, which no template spells out. */
  const filled = (text: string) => text.replaceAll('{}', '77');
  const said = (text: string) => messages.text(filled(text));

  it.each([
    ['Remove it. Known keys are "a", "b" and "c".', 'Entfernen. Bekannte Schlüssel sind "a", "b" und "c".'],
    [
      'The action has no input artifacts; Commands takes exactly 1.',
      'Eingabeartefakte der Action: keine; Commands nimmt genau 1.',
    ],
    [
      'The action has 2 output artifacts; Manual approval takes none.',
      'Ausgabeartefakte der Action: 2; Manual approval nimmt keine.',
    ],
    ['Add an output artifact.', 'Ein Ausgabeartefakt ergänzen.'],
    [
      'The rule has 1 input artifact; CloudWatch alarm takes none.',
      'Eingabeartefakte der Regel: 1; CloudWatch alarm nimmt keine.',
    ],
    ['The pipeline has only 1 stage; AWS takes 2 to 50.', 'Die Pipeline hat nur 1 Stage; AWS nimmt 2 bis 50.'],
    [
      '"name" has 101 characters; AWS takes at most 100 characters.',
      '„name“ hat 101 Zeichen; AWS nimmt höchstens 100 Zeichen.',
    ],
    [
      'Input artifact "App" is produced by no action. Earlier actions produce "A" and "B".',
      'Keine Action erzeugt das Eingabeartefakt „App“. Frühere Actions erzeugen "A" und "B".',
    ],
    [
      'Source actions run in the pipeline’s own Region; this one is in a, but S in b.',
      'Source-Actions laufen in der eigenen Region der Pipeline; diese ist in a, aber S in b.',
    ],
    ['The engine has a problem of its own.', 'The engine has a problem of its own.'],
  ])('say %j', (english, german) => expect(messages.text(english)).toBe(german));
});
