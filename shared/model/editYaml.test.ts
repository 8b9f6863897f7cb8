import { describe, expect, it, test } from 'vitest';
import type { ProblemError } from '../problem.ts';
import { type DocumentEdit, editDocument, parseDocument } from './documentText.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const edit = (text: string, ...edits: DocumentEdit[]) => editDocument(text, 'yaml', edits);

const block = lines(
  '# The shop',
  'name: shop',
  'roleArn: "arn"   # who runs it',
  'stages:',
  '  # first',
  '  - name: Source',
  '    actions:',
  '      - name: App # the repository',
  "        region: 'eu-west-1'",
  '        runOrder: 1',
  '        configuration: {BranchName: main, Poll: "no"}',
  '  - name: Build',
  '    actions: []',
  '    note: |',
  '      two',
  '      lines',
  '# the end',
);
const app = ['stages', 0, 'actions', 0];

const edits: readonly [what: string, edit: DocumentEdit, from: string, to: string][] = [
  ['a plain text', { path: ['name'], value: 'store' }, 'name: shop\n', 'name: store\n'],
  ['a text in double quotes', { path: ['roleArn'], value: 'role' }, '"arn"', '"role"'],
  ['a text in single quotes', { path: [...app, 'region'], value: 'us-east-1' }, "'eu-west-1'", "'us-east-1'"],
  ['a quote into single quotes', { path: [...app, 'region'], value: "it's" }, "'eu-west-1'", "'it''s'"],
  ['a letter beyond ASCII into single quotes', { path: [...app, 'region'], value: 'ä' }, "'eu-west-1'", 'ä'],
  ['a number', { path: [...app, 'runOrder'], value: 12 }, 'runOrder: 1', 'runOrder: 12'],
  ['a text that reads as a number', { path: ['name'], value: '12' }, 'name: shop', 'name: "12"'],
  ['a text that reads as a boolean', { path: ['name'], value: 'true' }, 'name: shop', 'name: "true"'],
  ['a text that older readers take for a boolean', { path: ['name'], value: 'on' }, 'name: shop', 'name: "on"'],
  ['a text that reads as nothing', { path: ['name'], value: 'null' }, 'name: shop', 'name: "null"'],
  ['an empty text', { path: ['name'], value: '' }, 'name: shop', 'name: ""'],
  ['a reference', { path: ['name'], value: '#{a.b}' }, 'name: shop', 'name: "#{a.b}"'],
  ['a text with a comment sign', { path: ['name'], value: 'a #b' }, 'name: shop', 'name: "a #b"'],
  ['a text with a colon', { path: ['name'], value: 'a: b' }, 'name: shop', 'name: "a: b"'],
  ['a text with a dash', { path: ['name'], value: '- a' }, 'name: shop', 'name: "- a"'],
  ['a text with blanks around', { path: ['name'], value: ' a ' }, 'name: shop', 'name: " a "'],
  ['a text that looks like an anchor', { path: ['name'], value: '&a' }, 'name: shop', 'name: "&a"'],
  ['a text that looks like an alias', { path: ['name'], value: '*.js' }, 'name: shop', 'name: "*.js"'],
  ['a boolean', { path: ['name'], value: true }, 'name: shop', 'name: true'],
  ['null', { path: ['name'], value: null }, 'name: shop', 'name: null'],
  ['a text of two lines', { path: ['name'], value: 'a\nb\n' }, 'name: shop', 'name: |\n  a\n  b'],
  ['a text of two lines without a last break', { path: ['name'], value: 'a\nb' }, 'name: shop', 'name: |-\n  a\n  b'],
  ['a list', { path: ['name'], value: ['a', 'b'] }, 'name: shop', 'name:\n  - a\n  - b'],
  ['an object', { path: ['name'], value: { a: { b: 1 } } }, 'name: shop', 'name:\n  a:\n    b: 1'],
  ['an empty list', { path: ['name'], value: [] }, 'name: shop', 'name: []'],
  [
    'an object behind a comment',
    { path: ['roleArn'], value: { a: 1 } },
    ' "arn"   # who runs it',
    '   # who runs it\n  a: 1',
  ],
  ['one line into a block of text', { path: ['stages', 1, 'note'], value: 'one' }, '|\n      two\n      lines', 'one'],
  [
    'another block of text',
    { path: ['stages', 1, 'note'], value: 'a\nb\n' },
    '      two\n      lines',
    '      a\n      b',
  ],
  ['a text inside brackets', { path: [...app, 'configuration', 'BranchName'], value: 'dev' }, 'main,', 'dev,'],
  ['a text in quotes inside brackets', { path: [...app, 'configuration', 'Poll'], value: 'yes' }, '"no"', '"yes"'],
];
const additions: readonly [what: string, edit: DocumentEdit, from: string, to: string][] = [
  [
    'a stage before the first, below its comment',
    { path: ['stages', 0], value: { name: 'New', actions: [] }, insert: true },
    '  - name: Source\n',
    '  - name: New\n    actions: []\n  - name: Source\n',
  ],
  [
    'a stage between two',
    { path: ['stages', 1], value: { name: 'New', actions: [] }, insert: true },
    '  - name: Build\n',
    '  - name: New\n    actions: []\n  - name: Build\n',
  ],
  [
    'a stage behind the last',
    { path: ['stages', 2], value: { name: 'New', actions: [] }, insert: true },
    '      lines\n',
    '      lines\n  - name: New\n    actions: []\n',
  ],
  [
    'the first action of a stage',
    { path: ['stages', 1, 'actions', 0], value: { name: 'Compile', runOrder: 2 }, insert: true },
    'actions: []\n',
    'actions:\n      - name: Compile\n        runOrder: 2\n',
  ],
  [
    'an action behind another',
    { path: ['stages', 0, 'actions', 1], value: { name: 'Other' }, insert: true },
    'Poll: "no"}\n',
    'Poll: "no"}\n      - name: Other\n',
  ],
  [
    'an action before another',
    { path: ['stages', 0, 'actions', 0], value: { name: 'Other' }, insert: true },
    '      - name: App',
    '      - name: Other\n      - name: App',
  ],
  [
    'a member to an action',
    { path: [...app, 'namespace'], value: 'Src' },
    'Poll: "no"}\n',
    'Poll: "no"}\n        namespace: Src\n',
  ],
  [
    'a list to an action',
    { path: [...app, 'outputArtifacts'], value: [{ name: 'app' }] },
    'Poll: "no"}\n',
    'Poll: "no"}\n        outputArtifacts:\n          - name: app\n',
  ],
  [
    'a key inside brackets',
    { path: [...app, 'configuration', 'RepositoryName'], value: 'shop' },
    'Poll: "no"}',
    'Poll: "no", "RepositoryName": "shop"}',
  ],
  [
    'a member to a stage, behind its block of text',
    { path: ['stages', 1, 'onFailure', 'result'], value: 'RETRY' },
    '      lines\n',
    '      lines\n    onFailure:\n      result: RETRY\n',
  ],
  [
    'a member to the pipeline, before the last comment',
    { path: ['version'], value: 2 },
    '      lines\n',
    '      lines\nversion: 2\n',
  ],
];

describe.each([
  ['Unix line breaks', (text: string) => text],
  ['Windows line breaks', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
])('a YAML document with %s', (_layout, of) => {
  test.each(edits)('changes to %s, and nothing around it', (_what, change, from, to) => {
    expect(block.split(from)).toHaveLength(2);
    expect(edit(of(block), change)).toBe(of(block.replace(from, () => to)));
  });

  test.each(additions)('gets %s, and gives it back byte for byte', (_what, change, from, to) => {
    expect(block.split(from)).toHaveLength(2);
    const edited = edit(of(block), change);
    expect(edited).toBe(of(block.replace(from, () => to)));
    const { path } = change;
    const added = path.at(-2) === 'onFailure' ? path.slice(0, -1) : path;
    expect(edit(edited, { path: added, value: undefined })).toBe(of(block));
  });

  test.each<[what: string, path: (string | number)[], gone: string, left: string]>([
    ['the pipeline’s name', ['name'], 'name: shop\n', ''],
    ['a member and the comment in its line', ['roleArn'], 'roleArn: "arn"   # who runs it\n', ''],
    ['a member of an action', [...app, 'runOrder'], '        runOrder: 1\n', ''],
    [
      'the last member of an action',
      [...app, 'configuration'],
      '        configuration: {BranchName: main, Poll: "no"}\n',
      '',
    ],
    ['a key inside brackets', [...app, 'configuration', 'Poll'], ', Poll: "no"', ''],
    ['the first key inside brackets', [...app, 'configuration', 'BranchName'], 'BranchName: main, ', ''],
    ['an empty list', ['stages', 1, 'actions'], '    actions: []\n', ''],
    ['a block of text', ['stages', 1, 'note'], '    note: |\n      two\n      lines\n', ''],
    ['the last stage', ['stages', 1], '  - name: Build\n    actions: []\n    note: |\n      two\n      lines\n', ''],
  ])('loses %s, and nothing around it', (_what, path, gone, left) => {
    expect(block.split(gone)).toHaveLength(2);
    expect(edit(of(block), { path, value: undefined })).toBe(of(block.replace(gone, () => left)));
  });
});

describe('YAML in other layouts', () => {
  test.each<[what: string, text: string, change: DocumentEdit, result: string]>([
    [
      'lists at their key',
      'stages:\n- name: A\n  actions:\n  - name: X\n',
      { path: ['stages', 0, 'actions', 1], value: { name: 'Z', inputArtifacts: [{ name: 'a' }] }, insert: true },
      'stages:\n- name: A\n  actions:\n  - name: X\n  - name: Z\n    inputArtifacts:\n    - name: a\n',
    ],
    [
      'four blanks',
      'stages:\n    -   name: A\n        actions: []\n',
      { path: ['stages', 0, 'onFailure'], value: { result: 'RETRY' } },
      'stages:\n    -   name: A\n        actions: []\n        onFailure:\n            result: RETRY\n',
    ],
    [
      'a dash on a line of its own',
      'stages:\n-\n  name: A\n-\n  name: B\n',
      { path: ['stages', 0], value: undefined },
      'stages:\n-\n  name: B\n',
    ],
    [
      'everything in brackets',
      'name: x\nstages: [{name: A, actions: []}, {name: B, actions: []}]\n',
      { path: ['stages', 1], value: { name: 'C', actions: [] }, insert: true },
      'name: x\nstages: [{name: A, actions: []}, {"name": "C", "actions": []}, {name: B, actions: []}]\n',
    ],
    [
      'brackets over several lines',
      'stages: [\n  {name: A},\n  {name: B}\n]\n',
      { path: ['stages', 2], value: { name: 'C' }, insert: true },
      'stages: [\n  {name: A},\n  {name: B},\n  {"name": "C"}\n]\n',
    ],
    [
      'JSON in a YAML file',
      '{"stages": [{"name": "A"}]}\n',
      { path: ['stages', 0, 'name'], value: 'B' },
      '{"stages": [{"name": "B"}]}\n',
    ],
    [
      'quoted keys',
      '"stages":\n- "name": A\n',
      { path: ['stages', 0, 'name'], value: 'B' },
      '"stages":\n- "name": B\n',
    ],
    ['an absent value', 'name:\nstages: []\n', { path: ['name'], value: 'x' }, 'name: x\nstages: []\n'],
    [
      'an absent value in a list',
      'stages:\n- name: A\n  commands:\n  -\n  - b\n',
      { path: ['stages', 0, 'commands', 0], value: 'a' },
      'stages:\n- name: A\n  commands:\n  - a\n  - b\n',
    ],
    [
      'an absent list',
      'stages:\n- name: A\n  actions:\n',
      { path: ['stages', 0, 'actions', 0], value: { name: 'X' }, insert: true },
      'stages:\n- name: A\n  actions:\n  - name: X\n',
    ],
    [
      'blank lines between stages',
      'stages:\n- name: A\n\n- name: B\n\n- name: C\n',
      { path: ['stages', 1], value: undefined },
      'stages:\n- name: A\n\n\n- name: C\n',
    ],
    [
      'a document mark',
      '---\nstages: []\n',
      { path: ['stages', 0], value: { name: 'A' }, insert: true },
      '---\nstages:\n  - name: A\n',
    ],
    [
      'no final line break',
      'stages:\n- name: A',
      { path: ['stages', 0, 'namespace'], value: 'x' },
      'stages:\n- name: A\n  namespace: x',
    ],
    [
      'an anchor that stays',
      'stages: &all\n- name: A\ncopy: *all\n',
      { path: ['name'], value: 'x' },
      'stages: &all\n- name: A\ncopy: *all\nname: x\n',
    ],
    [
      'a folded text',
      'stages: []\ndescription: >\n  a\n  b\nname: x\n',
      { path: ['description'], value: 'c' },
      'stages: []\ndescription: c\nname: x\n',
    ],
    [
      'a text over two lines',
      'stages: []\ndescription: a\n  b\nname: x\n',
      { path: ['description'], value: 'c' },
      'stages: []\ndescription: c\nname: x\n',
    ],
  ])('%s', (_what, text, change, result) => {
    expect(edit(text, change)).toBe(result);
  });

  it('reads every edit back as what was asked', () => {
    for (const [, change] of [...edits, ...additions]) {
      const { problems } = parseDocument(edit(block, change), 'yaml');
      expect(problems.filter(({ code }) => code !== 'text.wrong-type')).toEqual([]);
    }
  });
});

describe('YAML that is said once and meant twice', () => {
  const text = lines(
    'name: x',
    'stages:',
    '- name: A',
    '  actions:',
    '  - &lint',
    '    name: Lint',
    '    runOrder: 1',
    '- name: B',
    '  actions:',
    '  - *lint',
  );
  const actions = (yaml: string) =>
    parseDocument(yaml, 'yaml').pipeline?.stages.map((stage) =>
      stage.actions.map(({ name, runOrder }) => `${name}@${runOrder}`),
    );

  it('is read as often as it is meant', () => {
    expect(actions(text)).toEqual([['Lint@1'], ['Lint@1']]);
  });

  test.each<[what: string, change: DocumentEdit, expected: string[][]]>([
    [
      'at the alias, it changes there only',
      { path: ['stages', 1, 'actions', 0, 'runOrder'], value: 2 },
      [['Lint@1'], ['Lint@2']],
    ],
    [
      'at the alias, what is missing is added there only',
      { path: ['stages', 1, 'actions', 0, 'a', 'b'], value: 2 },
      [['Lint@1'], ['Lint@1']],
    ],
    [
      'the alias can be replaced',
      { path: ['stages', 1, 'actions', 0], value: { name: 'B', runOrder: 3 } },
      [['Lint@1'], ['B@3']],
    ],
    ['the alias can be removed', { path: ['stages', 1, 'actions', 0], value: undefined }, [['Lint@1'], []]],
    ['a stage with the alias can be removed', { path: ['stages', 1], value: undefined }, [['Lint@1']]],
  ])('%s', (_what, change, expected) => {
    expect(actions(edit(text, change))).toEqual(expected);
  });

  it('writes an alias out inside brackets as well', () => {
    const flow = 'name: x\na: &a {name: A, runOrder: 1}\nstages: [{name: S, actions: [*a, *a]}]\n';
    expect(edit(flow, { path: ['stages', 0, 'actions', 1, 'runOrder'], value: 2 })).toBe(
      'name: x\na: &a {name: A, runOrder: 1}\nstages: [{name: S, actions: [*a, {"name": "A", "runOrder": 2}]}]\n',
    );
  });

  it('refuses a change at the anchor, which would change the other place as well', () => {
    for (const change of [
      { path: ['stages', 0, 'actions', 0, 'runOrder'], value: 2 },
      { path: ['stages', 0, 'actions', 0], value: undefined },
      { path: ['stages', 0], value: undefined },
    ]) {
      let refusal: unknown;
      try {
        edit(text, change);
      } catch (error) {
        refusal = (error as ProblemError).problem;
      }
      expect(refusal, JSON.stringify(change)).toMatchObject({ code: 'text.not-editable' });
    }
  });
});
