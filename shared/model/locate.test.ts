import { describe, expect, it, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { completePipeline } from '../testing/completePipeline.ts';
import { type DocumentFormat, locate, parseDocument } from './documentText.ts';
import { pathOf, placeOf } from './place.ts';

type Path = (string | number)[];

/** Every path of the complete pipeline, with the value there. */
function* pathsOf(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* pathsOf(member, [...path, key]);
  }
}
const pipeline = completePipeline();
const all = [...pathsOf(pipeline)];

const layouts: readonly [layout: string, format: DocumentFormat, text: string][] = [
  ['JSON in two blanks', 'json', JSON.stringify(pipeline, null, 2)],
  ['JSON in four blanks', 'json', JSON.stringify(pipeline, null, 4)],
  ['JSON in tabs', 'json', JSON.stringify(pipeline, null, '\t')],
  ['JSON in one line', 'json', JSON.stringify(pipeline)],
  ['JSON with Windows line breaks', 'json', JSON.stringify(pipeline, null, 2).replaceAll('\n', '\r\n')],
  ['JSON with a byte order mark', 'json', `\uFEFF${JSON.stringify(pipeline, null, 2)}`],
  ['JSON with metadata', 'json', JSON.stringify({ metadata: { created: 1 }, pipeline }, null, 2)],
  ['a recorded response', 'json', JSON.stringify({ status_code: 200, data: { pipeline } }, null, 2)],
  ['YAML', 'yaml', stringify(pipeline)],
  ['YAML with lists at their keys', 'yaml', stringify(pipeline, { indentSeq: false })],
  ['YAML in four blanks', 'yaml', stringify(pipeline, { indent: 4 })],
  ['YAML in brackets', 'yaml', stringify(pipeline, { collectionStyle: 'flow' })],
  ['YAML in single quotes', 'yaml', stringify(pipeline, { defaultStringType: 'QUOTE_SINGLE' })],
  ['YAML with Windows line breaks', 'yaml', stringify(pipeline).replaceAll('\n', '\r\n')],
  ['YAML with a head', 'yaml', `# ours\n---\n${stringify({ pipeline })}`],
];

describe.each(layouts.map((layout, index) => [...layout, index] as const))('in %s', (_layout, format, text, turn) => {
  it('the whole pipeline is read', () => {
    expect(parseDocument(text, format)).toMatchObject({ pipeline, problems: [] });
  });

  it('values are found where they stand', () => {
    const lines = text.split(/\r\n|\n/);
    // Every fifteenth in each layout, so that all layouts together find every value.
    for (const [path, value] of all.filter((_, index) => index % layouts.length === turn)) {
      const { offset, length, line, column } = locate(text, format, path)!;
      const written = text.slice(offset, offset + length);
      expect(text.slice(0, offset).split('\n')).toHaveLength(line);
      expect(lines[line - 1]!.slice(column - 1)).toContain(written.split(/\r?\n/)[0]!);
      // The lines before are cut off, so the first line of a block gets its indentation back.
      const alone = ' '.repeat(column - 1) + written;
      expect(format === 'json' ? JSON.parse(written) : parse(alone), path.join('.')).toEqual(value);
    }
  });
});

describe('every place of a pipeline', () => {
  it('has a name that leads back to it', () => {
    for (const [path] of all) {
      const { where, field } = placeOf(pipeline, path);
      expect(pathOf(pipeline, where, field), path.join('.')).toEqual(path);
    }
  });

  test.each<[path: Path, where: string, field: string | undefined]>([
    [[], '', undefined],
    [['stages'], '', 'stages'],
    [['stages', 0], 'Source', undefined],
    [['stages', 0, 'actions'], 'Source', 'actions'],
    [['stages', 0, 'actions', 0], 'Source/App', undefined],
    [['stages', 0, 'actions', 0, 'actionTypeId'], 'Source/App', 'actionTypeId'],
    [['stages', 0, 'actions', 0, 'configuration'], 'Source/App', 'configuration'],
    [['stages', 0, 'actions', 0, 'configuration', 'BranchName'], 'Source/App', 'BranchName'],
    [['stages', 1, 'actions', 0, 'commands', 2], 'Build/Test', 'commands.2'],
    [
      ['stages', 2, 'beforeEntry', 'conditions', 0, 'rules', 0, 'configuration', 'Cron'],
      'Deploy',
      'beforeEntry.conditions.0.rules.0.configuration.Cron',
    ],
    [['triggers', 0, 'gitConfiguration', 'push', 1, 'tags'], '', 'triggers.0.gitConfiguration.push.1.tags'],
    [['stages', 9], '', 'stages.9'],
    [['stages', 0, 'actions', 9, 'name'], 'Source', 'actions.9.name'],
  ])('%j is called %j, %s', (path, where, field) => {
    expect(placeOf(pipeline, path)).toEqual(field === undefined ? { where } : { where, field });
  });

  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['no stages', {}],
    ['stages that are no list', { stages: 'x' }],
    ['an inherited stage', Object.create({ stages: [{ name: 'A' }] })],
  ])('of %s is named by its path', (_what, value) => {
    expect(placeOf(value, ['stages', 0, 'name'])).toEqual({ where: '', field: 'stages.0.name' });
  });
});

describe('a value that is not there', () => {
  const text = '{\n  "name": "x",\n  "stages": [\n    {\n      "name": "A",\n      "actions": []\n    }\n  ]\n}';

  test.each<[path: Path, line: number, column: number]>([
    [['roleArn'], 1, 1],
    [['stages', 5], 3, 13],
    [['stages', 0, 'onFailure', 'result'], 4, 5],
    [['stages', 0, 'actions', 0, 'name'], 6, 18],
    [['name', 'first'], 2, 11],
    [['stages', 'name'], 3, 13],
    [['toString'], 1, 1],
  ])('at %j is shown as its nearest parent, line %d, column %d', (path, line, column) => {
    expect(locate(text, 'json', path)).toMatchObject({ line, column });
  });
});
