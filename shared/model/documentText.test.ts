import { describe, expect, it, test } from 'vitest';
import { locate, parseDocument } from './documentText.ts';

const declaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Repo',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'Src' }],
        },
      ],
    },
  ],
};
const json = (value: unknown) => JSON.stringify(value, null, 2);
const codes = (text: string, format: 'json' | 'yaml' = 'json') =>
  parseDocument(text, format).problems.map(({ code }) => code);

describe('reading a document', () => {
  test.each([
    { shape: 'a bare declaration', text: json(declaration), root: [] },
    { shape: 'what create-pipeline takes', text: json({ pipeline: declaration }), root: ['pipeline'] },
    { shape: 'what get-pipeline prints', text: json({ pipeline: declaration, metadata: {} }), root: ['pipeline'] },
    {
      shape: 'a recorded response',
      text: json({ status_code: 200, data: { pipeline: declaration } }),
      root: ['data', 'pipeline'],
    },
  ])('finds the declaration in $shape', ({ text, root }) => {
    expect(parseDocument(text, 'json')).toEqual({ pipeline: declaration, root, problems: [] });
  });

  it('reads the same declaration from YAML, with comments and CRLF', () => {
    const text = `# ours\r\npipeline:\r\n  name: shop # the shop\r\n  roleArn: arn:aws:iam::111122223333:role/pipeline\r\n  stages:\r\n  - name: Source\r\n    actions:\r\n    - name: Repo\r\n      actionTypeId: {category: Source, owner: AWS, provider: CodeCommit, version: "1"}\r\n      configuration:\r\n        RepositoryName: shop\r\n        BranchName: main\r\n      outputArtifacts: [{name: Src}]\r\n`;
    expect(parseDocument(text, 'yaml')).toEqual({ pipeline: declaration, root: ['pipeline'], problems: [] });
  });

  it('keeps fields that it does not know', () => {
    const future = { ...declaration, futureField: { deep: [1, null, true] } };
    expect(parseDocument(json(future), 'json').pipeline).toEqual(future);
  });

  it('reads over a byte order mark', () => {
    expect(parseDocument(`\uFEFF${json(declaration)}`, 'json').problems).toEqual([]);
    expect(parseDocument(`\uFEFFname: x\nroleArn: y\nstages: []\n`, 'yaml').problems).toEqual([]);
  });
});

describe('a text with faults', () => {
  test.each([
    { fault: 'an empty file', text: '', code: 'text.empty' },
    { fault: 'blanks only', text: ' \n', code: 'text.empty' },
    { fault: 'another JSON file', text: '{"scripts": {}}', code: 'text.not-a-pipeline' },
    { fault: 'a list', text: '[1, 2]', code: 'text.not-a-pipeline' },
    { fault: 'a template', text: '{"Resources": {}}', code: 'text.cloudformation' },
    { fault: 'a resource of a template', text: '{"Type": "T", "Properties": {}}', code: 'text.cloudformation' },
    { fault: 'a binary file', text: '{"pipeline":\0}', code: 'text.binary' },
    { fault: 'a comment', text: '{"name": "x", // c\n "stages": []}', code: 'text.comment' },
    { fault: 'a trailing comma', text: '{"name": "x", "stages": [],}', code: 'text.trailing-comma' },
    { fault: 'a missing comma', text: '{"name": "x" "stages": []}', code: 'text.syntax' },
    { fault: 'a key twice', text: '{"name": "x", "name": "y", "stages": []}', code: 'text.duplicate-key' },
    { fault: 'brackets without end', text: '['.repeat(20_000), code: 'text.too-deep' },
    { fault: 'a file over 10 MB', text: `"${'x'.repeat(10 * 1024 * 1024)}"`, code: 'text.too-large' },
  ])('$fault is reported as $code', ({ text, code }) => {
    expect(codes(text)).toEqual([code]);
  });

  test.each([
    { fault: 'an empty file', text: '# nothing\n', code: 'text.empty' },
    { fault: 'a template with tags', text: 'Resources:\n  P: !Ref X\n', code: 'text.cloudformation' },
    { fault: 'a language tag', text: 'name: !!js/function x\nstages: []\n', code: 'text.unknown-tag' },
    { fault: 'a tag of its own', text: 'name: !mine x\nstages: []\n', code: 'text.unknown-tag' },
    { fault: 'a key twice', text: 'name: x\nname: y\nstages: []\n', code: 'text.duplicate-key' },
    { fault: 'two documents', text: 'name: x\nstages: []\n---\nname: y\n', code: 'text.several-documents' },
    { fault: 'a tab as indentation', text: 'pipeline:\n\tname: x\n', code: 'text.syntax' },
    { fault: 'brackets without end', text: '['.repeat(20_000), code: 'text.too-deep' },
    { fault: 'lists in lists in one line', text: `${'- '.repeat(20_000)}a`, code: 'text.too-deep' },
    { fault: 'an anchor inside itself', text: 'name: x\nstages: &a [*a]\n', code: 'text.too-deep' },
    { fault: 'a file over 2 MB', text: `# ${'x'.repeat(3 * 1024 * 1024)}`, code: 'text.too-large' },
  ])('$fault in YAML is reported as $code', ({ text, code }) => {
    expect(codes(text, 'yaml')).toEqual([code]);
  });

  it('says where: line and column, counted from 1', () => {
    const [fault] = parseDocument('{\r\n  "name": "x",\r\n  "stages": [],\r\n}', 'json').problems;
    expect(fault).toMatchObject({ code: 'text.trailing-comma', line: 4, column: 1 });
    const [second] = parseDocument('name: x\nstages:\n  - name: A\n    name: B\n', 'yaml').problems;
    expect(second).toMatchObject({ code: 'text.duplicate-key', line: 4, column: 5 });
  });

  it('is still read as far as it goes, so that the canvas has something to show', () => {
    const { pipeline } = parseDocument('{"name": "x", "stages": [{"name": "A", "actions": [] }, {"name": ', 'json');
    expect(pipeline?.stages.map(({ name }) => name)).toEqual(['A', '']);
  });

  it('does not write aliases out without end', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    expect(codes(`a0: &a0 [x]\n${levels.join('\n')}\nname: x\nstages: []\n`, 'yaml')).toEqual([
      'text.too-many-aliases',
    ]);
  });

  test.each([
    { what: 'a million commas', text: `[${','.repeat(1_100_000)}]`, format: 'json', code: 'text.too-large' },
    { what: '5 MB of one key', text: `{${'"a":1,'.repeat(800_000)}"a":1}`, format: 'json', code: 'text.too-large' },
    { what: '5,000 anchors', text: 'a: &a x\n'.repeat(5000), format: 'yaml', code: 'text.too-many-aliases' },
    { what: '400,000 lines', text: 'a\n'.repeat(400_000), format: 'yaml', code: 'text.too-large' },
  ] as const)('$what is refused before a parser spends its memory on it', ({ text, format, code }) => {
    expect(codes(text, format)).toEqual([code]);
  });

  it('has no merge keys: "<<" is a key like any other', () => {
    const text = 'b: &b {roleArn: r}\nname: x\n<<: *b\nstages: []\n';
    expect(parseDocument(text, 'yaml').pipeline).toMatchObject({ '<<': { roleArn: 'r' } });
    expect(parseDocument(text, 'yaml').pipeline).not.toHaveProperty('roleArn');
  });

  it('lets no key become a prototype', () => {
    for (const format of ['json', 'yaml'] as const) {
      const { pipeline } = parseDocument('{"name": "x", "stages": [], "__proto__": {"polluted": 1}}', format);
      expect(Object.getPrototypeOf(pipeline)).toBe(Object.prototype);
      expect(pipeline).not.toHaveProperty('polluted');
    }
  });
});

describe('a value of the wrong kind', () => {
  const withAction = (members: string) =>
    `{"name": "x", "stages": [{"name": "S", "actions": [{"name": "A", "actionTypeId": {"category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1"}, ${members}}]}]}`;
  const read = (members: string) => {
    const { pipeline, problems } = parseDocument(withAction(members), 'json');
    return { action: pipeline?.stages[0]?.actions[0], problems };
  };

  it('becomes a text as it is spelled, and is reported at its place', () => {
    const { action, problems } = read('"configuration": {"Extract": true, "Version": 1.10}');
    expect(action?.configuration).toEqual({ Extract: 'true', Version: '1.10' });
    expect(problems.map(({ code, where, field }) => [code, where, field])).toEqual([
      ['text.wrong-type', 'S/A', 'Extract'],
      ['text.wrong-type', 'S/A', 'Version'],
    ]);
    expect(problems[0]?.fix).toBe('Write it in double quotes: "true".');
  });

  test.each([
    { members: '"runOrder": "2"', read: { runOrder: 2 } },
    { members: '"runOrder": 1e999', read: {} },
    { members: '"inputArtifacts": ["Src"]', read: { inputArtifacts: [{ name: 'Src' }] } },
    { members: '"inputArtifacts": "Src"', read: {} },
    { members: '"configuration": []', read: {} },
    { members: '"configuration": {"A": {"b": 1}}', read: { configuration: { A: '' } } },
    { members: '"commands": [1, "x"]', read: { commands: ['1', 'x'] } },
    { members: '"namespace": null', read: {} },
  ])('$members is reported and leaves $read', ({ members, read: expected }) => {
    const { action, problems } = read(members);
    expect(problems.map(({ code }) => code)).toEqual(['text.wrong-type']);
    const { name, actionTypeId, ...rest } = action!;
    expect(rest).toEqual(expected);
  });

  it('never leaves a hole: stages, actions and their names are always there', () => {
    const { pipeline } = parseDocument('{"pipeline": {"stages": [null, 1, {"actions": [{}, "x"]}, []]}}', 'json');
    expect(pipeline?.name).toBe('');
    expect(pipeline?.stages.map(({ name, actions }) => [name, actions.length])).toEqual([
      ['', 0],
      ['', 0],
      ['', 2],
      ['', 0],
    ]);
    expect(pipeline?.stages[2]?.actions[1]).toMatchObject({ name: '', actionTypeId: { provider: '' } });
  });

  it('a pipeline of more actions than any canvas shows is refused politely', () => {
    const action = '{"name": "A", "actionTypeId": {}}';
    const text = `{"name": "x", "stages": [{"name": "S", "actions": [${Array(6000).fill(action).join(',')}]}]}`;
    expect(parseDocument(text, 'json')).toMatchObject({
      pipeline: undefined,
      problems: [{ code: 'text.too-many-actions' }],
    });
  });
});

describe('a text cut off or garbled anywhere', () => {
  const texts = {
    json: json({ pipeline: declaration }),
    yaml: 'pipeline:\n  name: x # c\n  stages:\n  - name: S\n    actions:\n    - name: "A"\n      configuration: {a: b}\n      text: |\n        x\n',
  };
  test.each(['json', 'yaml'] as const)('%s never throws, and says what is wrong', (format) => {
    const text = texts[format];
    for (let end = 0; end < text.length; end += format === 'json' ? 1 : 2) parseDocument(text.slice(0, end), format);
    let state = 7;
    for (let round = 0; round < 150; round++) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const at = state % text.length;
      const garbled = text.slice(0, at) + '{}[]":,&*!#\0\t'.charAt(state % 13) + text.slice(at + 1);
      const { pipeline, problems } = parseDocument(garbled, format);
      expect(pipeline !== undefined || problems.length > 0).toBe(true);
    }
  });
});

describe('locating a path', () => {
  it('gives the place of the value below the declaration', () => {
    const text = json({ pipeline: declaration });
    const place = locate(text, 'json', ['stages', 0, 'actions', 0, 'configuration', 'BranchName'])!;
    expect(text.slice(place.offset, place.offset + place.length)).toBe('"main"');
    expect(place).toMatchObject({ line: 19, column: 29 });
  });

  it('gives the nearest parent of what is absent', () => {
    const text = 'pipeline:\n  name: x\n  stages:\n  - name: S\n    actions: []\n';
    const place = locate(text, 'yaml', ['stages', 0, 'actions', 0, 'name'])!;
    expect(text.slice(place.offset, place.offset + place.length)).toBe('[]');
  });

  it('gives nothing where there is no pipeline', () => {
    expect(locate('[]', 'json', [])).toBeUndefined();
  });
});
