import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { editDocument, parseDocument } from './documentText.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const set = (text: string, path: (string | number)[], value: unknown, format: 'json' | 'yaml' = 'json') =>
  editDocument(text, format, [{ path, value }]);
const insert = (text: string, path: (string | number)[], value: unknown, format: 'json' | 'yaml' = 'json') =>
  editDocument(text, format, [{ path, value, insert: true }]);

const odd = lines(
  '{ "pipeline" :{',
  '\t"name":   "shop" ,',
  '\t"stages": [',
  '\t\t{"name": "A", "actions": []},',
  '\t\t{"name": "B",   "actions": [ ]}',
  '\t]',
  '} }',
);

describe('editing JSON', () => {
  it('changes a value and not one byte around it', () => {
    expect(set(odd, ['name'], 'store')).toBe(odd.replace('"shop"', '"store"'));
  });

  it('adds a member in the indentation of its neighbours', () => {
    expect(set(odd, ['roleArn'], 'r')).toBe(odd.replace('\t]\n', '\t],\n\t"roleArn": "r"\n'));
  });

  it('removes a member together with its comma', () => {
    expect(set(odd, ['name'], undefined)).toBe(odd.replace('"name":   "shop" ,\n\t', ''));
  });

  it('inserts into a list whose items are one line each as one line', () => {
    const stage = { name: 'C', actions: [] };
    expect(insert(odd, ['stages', 1], stage)).toBe(
      odd.replace('\t\t{"name": "B"', '\t\t{"name": "C", "actions": []},\n\t\t{"name": "B"'),
    );
  });

  it('opens an empty list over several lines', () => {
    const text = lines('{', '  "name": "x",', '  "stages": []', '}');
    expect(insert(text, ['stages', 0], { name: 'A', actions: [] })).toBe(
      lines(
        '{',
        '  "name": "x",',
        '  "stages": [',
        '    {',
        '      "name": "A",',
        '      "actions": []',
        '    }',
        '  ]',
        '}',
      ),
    );
  });

  it('keeps a minified text minified', () => {
    const text = '{"name":"x","stages":[]}';
    expect(insert(text, ['stages', 0], { name: 'A' })).toBe('{"name":"x","stages":[{"name":"A"}]}');
  });

  it('keeps CRLF, tabs and a byte order mark', () => {
    const text = '\uFEFF{\r\n\t"name": "x",\r\n\t"stages": []\r\n}';
    expect(set(text, ['artifactStore'], { type: 'S3' })).toBe(
      '\uFEFF{\r\n\t"name": "x",\r\n\t"stages": [],\r\n\t"artifactStore": {\r\n\t\t"type": "S3"\r\n\t}\r\n}',
    );
  });

  it('makes the parents that are missing', () => {
    const text = '{"name": "x", "stages": [{"name": "S"}]}';
    expect(set(text, ['stages', 0, 'onFailure', 'retryConfiguration', 'retryMode'], 'ALL_ACTIONS')).toBe(
      '{"name": "x", "stages": [{"name": "S", "onFailure": {"retryConfiguration": {"retryMode": "ALL_ACTIONS"}}}]}',
    );
    expect(insert(text, ['stages', 0, 'actions', 0], { name: 'A' })).toContain('"actions": [{"name": "A"}]');
  });

  it('changes only what differs when a whole stage is handed over', () => {
    const { pipeline } = parseDocument(odd, 'json');
    const stages = structuredClone(pipeline!.stages);
    stages[1]!.name = 'Build';
    expect(set(odd, ['stages'], stages)).toBe(odd.replace('"B"', '"Build"'));
  });

  it('leaves a text alone when nothing changes', () => {
    expect(set(odd, ['name'], 'shop')).toBe(odd);
    expect(set(odd, ['absent'], undefined)).toBe(odd);
  });

  it('removes the last item of a list without touching what follows', () => {
    const text = '{"name": "x", "stages": [{"a": 1}, {"b": 2}   ]}';
    expect(set(text, ['stages', 1], undefined)).toBe('{"name": "x", "stages": [{"a": 1}   ]}');
  });

  it('refuses to edit a text that is broken', () => {
    expect(() => set('{"name": "x" "stages": []}', ['name'], 'y')).toThrow('cannot be changed from the canvas');
  });
});

const commented = lines(
  '# The shop',
  'pipeline:',
  '  name: shop   # its name',
  '  # stages follow',
  '  stages:',
  '  - name: Source  # first',
  '    actions:',
  '    # the repository',
  '    - name: Repo',
  '      configuration: {BranchName: \'main\', Poll: "false"}',
  '      script: |',
  '        one',
  '        two',
  '',
  '    - name: Other',
  '  # the end of Source',
  '  - name: Build',
  '    actions: []',
);

describe('editing YAML', () => {
  it('changes a value and keeps its quotes and comments', () => {
    expect(set(commented, ['name'], 'store', 'yaml')).toBe(commented.replace('shop   #', 'store   #'));
    const path = ['stages', 0, 'actions', 0, 'configuration', 'BranchName'];
    expect(set(commented, path, "o'hara", 'yaml')).toBe(commented.replace("'main'", "'o''hara'"));
  });

  it('keeps a text inside brackets without quotes where it had none', () => {
    const text = lines('name: x', 'roleArn: r', 'stages: [{name: A, actions: []}]');
    expect(set(text, ['stages', 0, 'name'], 'Build', 'yaml')).toBe(text.replace('A,', 'Build,'));
    expect(set(text, ['stages', 0, 'name'], 'no', 'yaml')).toBe(text.replace('A,', '"no",'));
    expect(set(text, ['stages', 0, 'name'], 'a, b', 'yaml')).toBe(text.replace('A,', '"a, b",'));
  });

  it.each([
    ['#{Src.CommitId}', '"#{Src.CommitId}"'],
    ['1', '"1"'],
    ['yes', '"yes"'],
    ['a: b', '"a: b"'],
    ['plain text', 'plain text'],
  ])('writes the text %s so that it stays a text', (value, written) => {
    expect(set(commented, ['name'], value, 'yaml')).toBe(commented.replace('shop  ', `${written}  `));
  });

  it('adds and removes list items by whole lines', () => {
    const added = insert(commented, ['stages', 1], { name: 'Test', actions: [] }, 'yaml');
    expect(added).toBe(commented.replace('  # the end', '  - name: Test\n    actions: []\n  # the end'));
    expect(set(added, ['stages', 1], undefined, 'yaml')).toBe(commented);
  });

  it('opens an empty list, and leaves one behind', () => {
    const added = insert(commented, ['stages', 1, 'actions', 0], { name: 'Compile', runOrder: 2 }, 'yaml');
    expect(added).toBe(
      commented.replace('    actions: []\n', '    actions:\n    - name: Compile\n      runOrder: 2\n'),
    );
    expect(set(added, ['stages', 1, 'actions', 0], undefined, 'yaml')).toBe(commented);
  });

  it('removes the member that shares a line with its dash', () => {
    const text = lines('name: x', 'stages:', '  - name: A', '    # about', '    actions: []');
    expect(parseDocument(set(text, ['stages', 0, 'name'], undefined, 'yaml'), 'yaml').pipeline?.stages[0]).toEqual({
      name: '',
      actions: [],
    });
    expect(set(text, ['stages', 0, 'name'], undefined, 'yaml')).toContain('# about');
  });

  it('keeps every comment when an action is removed', () => {
    const without = set(commented, ['stages', 0, 'actions', 1], undefined, 'yaml');
    expect(without).toBe(commented.replace('    - name: Other\n', ''));
  });

  it('writes text of several lines as a block', () => {
    const text = set(commented, ['stages', 0, 'actions', 1, 'configuration'], { B: 'a\nb\n' }, 'yaml');
    expect(text).toBe(
      commented.replace(
        '- name: Other\n',
        '- name: Other\n      configuration:\n        B: |\n          a\n          b\n',
      ),
    );
  });

  it('replaces a block of text without touching the next item', () => {
    const text = set(commented, ['stages', 0, 'actions', 0, 'script'], 'short', 'yaml');
    expect(text).toBe(commented.replace('script: |\n        one\n        two\n', 'script: short\n'));
  });

  it('writes an alias out where it is changed, and leaves the anchor alone', () => {
    const text = lines(
      'name: x',
      'stages:',
      '- name: A',
      '  actions: &none',
      '  - name: One',
      '- name: B',
      '  actions: *none',
    );
    const edited = set(text, ['stages', 1, 'actions', 0, 'name'], 'Two', 'yaml');
    const { pipeline } = parseDocument(edited, 'yaml');
    expect(pipeline?.stages.map(({ actions }) => actions.map(({ name }) => name))).toEqual([['One'], ['Two']]);
    expect(edited).toContain('actions: &none');
  });

  it('keeps CRLF', () => {
    const text = commented.replaceAll('\n', '\r\n');
    const edited = insert(text, ['stages', 2], { name: 'C', actions: [] }, 'yaml');
    expect(edited).toBe(`${text}  - name: C\r\n    actions: []\r\n`);
  });

  it('adds after the last line of a text that has no final line break', () => {
    const text = 'name: x\nstages:\n- name: A\n  actions: []';
    const edited = insert(text, ['stages', 1], { name: 'B' }, 'yaml');
    expect(edited).toBe(`${text}\n- name: B`);
    expect(set(edited, ['stages', 1], undefined, 'yaml')).toBe(text);
  });

  it('refuses an edit that would break another place', () => {
    const text = lines('name: x', 'stages:', '- &a', '  name: A', '- *a');
    expect(() => set(text, ['stages', 0], undefined, 'yaml')).toThrow('Make this change in the text itself');
  });
});

/* Any document, any edit: the text reads as the edited value, and the inverse gives the same bytes. */
const key = fc.constantFrom('name', 'runOrder', 'configuration', 'namespace', 'x y', 'ü', '#k');
const leaf = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer({ min: 0, max: 99 }),
  fc.boolean(),
  fc.constant('a\nb\n'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));
const stage = fc.record({ name: fc.string({ maxLength: 5 }), extra: tree, actions: fc.constant([]) });
const document = fc.array(stage, { minLength: 1, maxLength: 4 }).map((stages) => ({ pipeline: { name: 'x', stages } }));
const layout = fc.constantFrom<[string | number | undefined, string]>(
  [undefined, '\n'],
  [2, '\n'],
  ['\t', '\r\n'],
  [4, '\n'],
);
const value = (text: string, format: 'json' | 'yaml') => parseDocument(text, format).pipeline?.stages as unknown[];

describe('any edit of any document', () => {
  const runs = { numRuns: 50 };

  test.each(['json', 'yaml'] as const)('of %s reads as the edited value', async (format) => {
    const { stringify } = await import('yaml');
    fc.assert(
      fc.property(document, layout, tree, fc.nat(), (before, [unit, eol], added, n) => {
        const text = (format === 'json' ? JSON.stringify(before, null, unit) : stringify(before)).replaceAll('\n', eol);
        const index = n % before.pipeline.stages.length;
        const edited = editDocument(text, format, [{ path: ['stages', index, 'extra'], value: added }]);
        const expected = structuredClone(before.pipeline.stages);
        expected[index]!.extra = added;
        expect(value(edited, format)).toEqual(expected);
      }),
      runs,
    );
  });

  test.each(['json', 'yaml'] as const)('of %s is undone byte for byte by its inverse', async (format) => {
    const { stringify } = await import('yaml');
    fc.assert(
      fc.property(document, layout, stage, fc.nat(), (before, [unit, eol], added, n) => {
        const text = (format === 'json' ? JSON.stringify(before, null, unit) : stringify(before)).replaceAll('\n', eol);
        const index = n % (before.pipeline.stages.length + 1);
        const edited = editDocument(text, format, [{ path: ['stages', index], value: added, insert: true }]);
        expect(value(edited, format)).toHaveLength(before.pipeline.stages.length + 1);
        expect(editDocument(edited, format, [{ path: ['stages', index], value: undefined }])).toBe(text);
      }),
      runs,
    );
  });
});
