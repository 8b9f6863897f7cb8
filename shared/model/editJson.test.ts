import { describe, expect, it, test } from 'vitest';
import type { ProblemError } from '../problem.ts';
import { type DocumentEdit, editDocument, parseDocument } from './documentText.ts';

const lines = (...all: string[]) => all.join('\n');
const edit = (text: string, ...edits: DocumentEdit[]) => editDocument(text, 'json', edits);

/** A document in one layout: each edit is shown as the lines that it changes. */
const two = lines(
  '{',
  '  "name": "shop",',
  '  "stages": [',
  '    {',
  '      "name": "Source",',
  '      "actions": []',
  '    },',
  '    {',
  '      "name": "Build",',
  '      "actions": [',
  '        { "name": "Lint", "runOrder": 2 }',
  '      ]',
  '    }',
  '  ]',
  '}',
);
const layouts: readonly [layout: string, of: (text: string) => string][] = [
  ['two blanks', (text) => text],
  ['four blanks', (text) => text.replaceAll(/^( +)/gm, (blanks) => blanks.repeat(2))],
  ['tabs', (text) => text.replaceAll(/^( +)/gm, (blanks) => '\t'.repeat(blanks.length / 2))],
  ['Windows line breaks', (text) => text.replaceAll('\n', '\r\n')],
  ['a final line break', (text) => `${text}\n`],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  [
    'tabs, Windows line breaks and a byte order mark',
    (text) =>
      `\uFEFF${text.replaceAll(/^( +)/gm, (blanks) => '\t'.repeat(blanks.length / 2)).replaceAll('\n', '\r\n')}`,
  ],
];

/** Each edit, and what it makes of the document in two blanks. */
const edits: readonly [what: string, edit: DocumentEdit, from: string, to: string][] = [
  ['renames the pipeline', { path: ['name'], value: 'store' }, '"shop"', '"store"'],
  ['renames a stage', { path: ['stages', 1, 'name'], value: 'Compile' }, '"Build"', '"Compile"'],
  ['changes a number', { path: ['stages', 1, 'actions', 0, 'runOrder'], value: 10 }, '2 }', '10 }'],
  ['turns a text into a list', { path: ['name'], value: ['a'] }, '"shop"', '[\n    "a"\n  ]'],
  ['turns a text into an object', { path: ['name'], value: { a: 1 } }, '"shop"', '{\n    "a": 1\n  }'],
  ['turns a text into a number', { path: ['name'], value: 5 }, '"shop"', '5'],
  ['turns a text into a boolean', { path: ['name'], value: false }, '"shop"', 'false'],
  ['writes null', { path: ['name'], value: null }, '"shop"', 'null'],
  ['writes an empty text', { path: ['name'], value: '' }, '"shop"', '""'],
  ['writes quotes and line breaks as escapes', { path: ['name'], value: 'a"b\nc\\' }, '"shop"', '"a\\"b\\nc\\\\"'],
  ['writes letters beyond ASCII as they are', { path: ['name'], value: 'ä🚀' }, '"shop"', '"ä🚀"'],
  ['adds a member to the pipeline', { path: ['version'], value: 3 }, '  ]\n}', '  ],\n  "version": 3\n}'],
  [
    'adds a member to a stage',
    { path: ['stages', 0, 'onFailure'], value: { result: 'RETRY' } },
    '"actions": []\n',
    '"actions": [],\n      "onFailure": {\n        "result": "RETRY"\n      }\n',
  ],
  [
    'adds a member to an action that stands in one line',
    { path: ['stages', 1, 'actions', 0, 'namespace'], value: 'L' },
    '"runOrder": 2 }',
    '"runOrder": 2, "namespace": "L" }',
  ],
  [
    'adds an object to an action that stands in one line',
    { path: ['stages', 1, 'actions', 0, 'configuration'], value: { A: 'b', C: ['d'] } },
    '"runOrder": 2 }',
    '"runOrder": 2, "configuration": {"A": "b", "C": ["d"]} }',
  ],
  ['removes the first member', { path: ['name'], value: undefined }, '"name": "shop",\n  ', ''],
  [
    'removes a member of one line',
    { path: ['stages', 1, 'actions', 0, 'runOrder'], value: undefined },
    ', "runOrder": 2',
    '',
  ],
  [
    'removes the last member',
    { path: ['stages', 0, 'actions'], value: undefined },
    '"Source",\n      "actions": []',
    '"Source"',
  ],
  [
    'removes the only item of a list',
    { path: ['stages', 1, 'actions', 0], value: undefined },
    '[\n        { "name": "Lint", "runOrder": 2 }\n      ]',
    '[]',
  ],
  [
    'inserts the first action of a stage',
    { path: ['stages', 0, 'actions', 0], value: { name: 'App' }, insert: true },
    '"actions": []\n',
    '"actions": [\n        {\n          "name": "App"\n        }\n      ]\n',
  ],
  [
    'inserts an action behind one that stands in one line',
    { path: ['stages', 1, 'actions', 1], value: { name: 'Test' }, insert: true },
    '"runOrder": 2 }\n',
    '"runOrder": 2 },\n        {"name": "Test"}\n',
  ],
  [
    'inserts a stage before the first',
    { path: ['stages', 0], value: { name: 'New', actions: [] }, insert: true },
    '[\n    {\n      "name": "Source"',
    '[\n    {\n      "name": "New",\n      "actions": []\n    },\n    {\n      "name": "Source"',
  ],
  [
    'inserts a stage between two',
    { path: ['stages', 1], value: { name: 'New', actions: [] }, insert: true },
    '    {\n      "name": "Build"',
    '    {\n      "name": "New",\n      "actions": []\n    },\n    {\n      "name": "Build"',
  ],
  [
    'inserts a stage behind the last',
    { path: ['stages', 2], value: { name: 'New', actions: [] }, insert: true },
    ']\n    }\n  ]',
    ']\n    },\n    {\n      "name": "New",\n      "actions": []\n    }\n  ]',
  ],
  [
    'inserts far behind the last as the last',
    { path: ['stages', 99], value: { name: 'New' }, insert: true },
    ']\n    }\n  ]',
    ']\n    },\n    {\n      "name": "New"\n    }\n  ]',
  ],
  [
    'makes the parents that are missing',
    { path: ['artifactStore', 'encryptionKey', 'id'], value: 'k' },
    '  ]\n}',
    '  ],\n  "artifactStore": {\n    "encryptionKey": {\n      "id": "k"\n    }\n  }\n}',
  ],
  [
    'makes the list that is missing',
    { path: ['stages', 1, 'actions', 0, 'inputArtifacts', 0], value: { name: 'App' }, insert: true },
    '"runOrder": 2 }',
    '"runOrder": 2, "inputArtifacts": [{"name": "App"}] }',
  ],
];

describe.each(layouts)('a JSON document in %s', (_layout, of) => {
  test.each(edits)('%s', (_what, change, from, to) => {
    expect(two.split(from)).toHaveLength(2);
    expect(edit(of(two), change)).toBe(of(two.replace(from, () => to)));
  });

  it('takes several edits in order, each on what the ones before left', () => {
    const edited = edit(
      of(two),
      { path: ['stages', 0], value: undefined },
      { path: ['stages', 0, 'name'], value: 'Only' },
      { path: ['stages', 1], value: { name: 'Last' }, insert: true },
    );
    const { pipeline } = parseDocument(edited, 'json');
    expect(pipeline?.stages.map(({ name }) => name)).toEqual(['Only', 'Last']);
  });
});

describe('a JSON document of one line', () => {
  test.each<[text: string, change: DocumentEdit, result: string]>([
    ['{"name":"x","stages":[]}', { path: ['name'], value: 'y' }, '{"name":"y","stages":[]}'],
    ['{"name":"x","stages":[]}', { path: ['version'], value: 1 }, '{"name":"x","stages":[],"version":1}'],
    ['{"name": "x", "stages": []}', { path: ['version'], value: 1 }, '{"name": "x", "stages": [], "version": 1}'],
    ['{"name":"x","stages":[]}', { path: ['name'], value: undefined }, '{"stages":[]}'],
    ['{"stages":[],"name":"x"}', { path: ['name'], value: undefined }, '{"stages":[]}'],
    ['{"stages": []}', { path: ['stages'], value: undefined }, '{}'],
    ['{"stages":[1,2]}', { path: ['stages', 0], value: undefined }, '{"stages":[2]}'],
    ['{"stages":[1,2]}', { path: ['stages', 1], value: undefined }, '{"stages":[1]}'],
    ['{"stages":[1]}', { path: ['stages', 0], value: undefined }, '{"stages":[]}'],
    ['{"stages":[1,2]}', { path: ['stages', 1], value: 9, insert: true }, '{"stages":[1,9,2]}'],
    ['{"stages":[1,2]}', { path: ['stages', 2], value: 9, insert: true }, '{"stages":[1,2,9]}'],
    ['{"stages":[]}', { path: ['stages', 0], value: { a: [{}] }, insert: true }, '{"stages":[{"a":[{}]}]}'],
    ['{"stages":[],"a":null}', { path: ['a', 'b'], value: 1 }, '{"stages":[],"a":{"b":1}}'],
    ['{"stages":[],"a":null}', { path: ['a', 0], value: 1 }, '{"stages":[],"a":[1]}'],
    ['{"stages":[],"a":{}}', { path: ['a'], value: { b: undefined, c: 1 } }, '{"stages":[],"a":{"c":1}}'],
    ['{ "stages" : [ ] , "a" : 1 }', { path: ['a'], value: 2 }, '{ "stages" : [ ] , "a" : 2 }'],
  ])('%s with %j becomes %s', (text, change, result) => {
    expect(edit(text, change)).toBe(result);
  });
});

describe('a wrapped JSON document', () => {
  const bare = '{"name":"x","stages":[]}';
  test.each<[wrapper: string, around: (text: string) => string]>([
    ['bare', (text) => text],
    ['{pipeline}', (text) => `{"pipeline":${text}}`],
    ['{pipeline, metadata}', (text) => `{"pipeline":${text},"metadata":{"pipelineArn":"a","created":1.5e9}}`],
    ['{metadata, pipeline}', (text) => `{"metadata":{"name":"x"},"pipeline":${text}}`],
    ['{status_code, data: {pipeline}}', (text) => `{"status_code":200,"data":{"pipeline":${text}}}`],
  ])('as %s is edited inside its wrapper, which stays as it is', (_wrapper, around) => {
    expect(edit(around(bare), { path: ['name'], value: 'y' })).toBe(around('{"name":"y","stages":[]}'));
    expect(edit(around(bare), { path: ['version'], value: 2 })).toBe(around('{"name":"x","stages":[],"version":2}'));
  });
});

describe('a value that is handed over whole', () => {
  const replaced = (value: unknown) => edit(two, { path: ['stages'], value });
  const stages = () => (JSON.parse(two) as { stages: Record<string, unknown>[] }).stages;

  test.each<[what: string, change: (stages: Record<string, unknown>[]) => void, from: string, to: string]>([
    ['the same', () => undefined, '"shop"', '"shop"'],
    ['a renamed stage', ([, second]) => Object.assign(second!, { name: 'B' }), '"Build"', '"B"'],
    ['a stage less', (all) => all.shift(), '    {\n      "name": "Source",\n      "actions": []\n    },\n', ''],
    ['a member less', ([first]) => delete first!.actions, '"Source",\n      "actions": []', '"Source"'],
    [
      'a member more',
      ([first]) => Object.assign(first!, { x: 1 }),
      '"actions": []\n',
      '"actions": [],\n      "x": 1\n',
    ],
    [
      'an action less',
      ([, second]) => Object.assign(second!, { actions: [] }),
      '[\n        { "name": "Lint", "runOrder": 2 }\n      ]',
      '[]',
    ],
  ])('changes only what differs: %s', (_what, change, from, to) => {
    const value = stages();
    change(value);
    expect(replaced(value)).toBe(two.replace(from, () => to));
  });

  it('becomes another where nothing of it stays', () => {
    expect(replaced([])).toBe('{\n  "name": "shop",\n  "stages": []\n}');
    expect(edit('{"stages": [], "a": {"b": 1}}', { path: ['a'], value: { c: 2 } })).toBe(
      '{"stages": [], "a": {"c": 2}}',
    );
  });

  it('moves an item by one removal and one insertion', () => {
    expect(parseDocument(replaced(stages().reverse()), 'json').pipeline?.stages.map(({ name }) => name)).toEqual([
      'Build',
      'Source',
    ]);
  });
});

describe('an edit that a JSON document cannot take', () => {
  const refusal = (text: string, change: DocumentEdit) => {
    try {
      edit(text, change);
    } catch (error) {
      return (error as ProblemError).problem;
    }
    return undefined;
  };

  test.each<[why: string, text: string]>([
    ['it is empty', ''],
    ['it is no pipeline', '{"scripts": {}}'],
    ['it is a list', '[]'],
    ['it is a template', '{"Resources": {}}'],
    ['a brace is missing', '{"stages": []'],
    ['a comma is missing', '{"name": "x" "stages": []}'],
    ['a text is not closed', '{"stages": [], "name": "x}'],
  ])('is refused because %s', (_why, text) => {
    expect(refusal(text, { path: ['name'], value: 'y' })).toMatchObject({
      code: 'text.broken',
      fix: 'Mend the text first.',
    });
  });

  test.each<[why: string, change: DocumentEdit]>([
    ['a key in a list', { path: ['stages', 'name'], value: 'x' }],
    ['an index in an object', { path: ['stages', 0, 'actions', 0, 3], value: 'x' }],
    ['a member of a text', { path: ['name', 'first'], value: 'x' }],
    ['an item of a number', { path: ['version', 0], value: 'x' }],
    ['the document itself', { path: [], value: 'x' }],
  ])('is refused because it asks for %s', (_why, change) => {
    const text = '{"name":"x","version":1,"stages":[{"actions":[{}]}]}';
    expect(refusal(text, change)).toMatchObject({
      code: 'text.not-editable',
      fix: 'Make this change in the text itself.',
    });
  });

  it('says where the text is broken', () => {
    expect(refusal('{\n  "stages": [],\n  "name" "x"\n}', { path: ['name'], value: 'y' })).toMatchObject({
      line: 3,
      column: 10,
    });
  });

  it('leaves a text with comments and trailing commas as editable as it is readable', () => {
    const text = '{\n  // ours\n  "name": "x", /* here */\n  "stages": [],\n}';
    expect(edit(text, { path: ['name'], value: 'y' })).toBe(text.replace('"x"', '"y"'));
  });

  it('removes nothing where nothing is', () => {
    for (const path of [['gone'], ['stages', 5], ['stages', 0, 'actions', 9], ['name', 'first'], ['a', 'b', 0]]) {
      expect(edit(two, { path, value: undefined })).toBe(two);
    }
  });
});
