import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { jsonCuts } from './jsonCuts.ts';
import { jsonRefusal, jsonTree } from './jsonTree.ts';
import { partedReader } from './partedTree.ts';
import type { TextTree } from './textTree.ts';
import { yamlCuts } from './yamlCuts.ts';
import { yamlRefusal, yamlTree } from './yamlTree.ts';

const stages = { Source: ['App'], Build: ['Lint', 'Compile', 'Test@2'], Deploy: ['Upload', 'Tell@2'] };
const pipeline = pipelineOf(stages);
for (const { actions } of pipeline.stages)
  for (const action of actions)
    Object.assign(action, {
      configuration: {
        BuildSpec: 'version: 0.2\nphases:\n  build:\n    commands:\n      - npm ci && npm test\n',
        Odd: '*',
      },
      commands: ['echo "a"', 'stages:', '- actions:'],
      runOrder: 1,
    });
const more = {
  description: 'stages:\n  - actions:\n    - name: no\n',
  variables: [{ name: 'A', defaultValue: '#{x}' }],
};
/** Of each text; the parser takes most of the time. */
const RUNS = 12;
/** Long enough to be read in parts. */
const filler = { note: 'x'.repeat(4000) };

const kinds = {
  json: { cuts: jsonCuts, refusal: jsonRefusal, read: jsonTree },
  yaml: { cuts: yamlCuts, refusal: yamlRefusal, read: yamlTree },
};
const isSound = (tree: TextTree) => !tree.isBroken;
const plain = ({ root, problems, isBroken }: TextTree) => ({ root, problems, isBroken });

const texts: [format: 'json' | 'yaml', what: string, text: string][] = [
  ['json', 'indented', JSON.stringify({ pipeline: { ...pipeline, ...more }, metadata: filler }, null, 2)],
  ['json', 'in one line', JSON.stringify({ metadata: filler, pipeline: { ...more, ...pipeline } })],
  ['json', 'bare, with tabs', JSON.stringify({ ...filler, ...pipeline, ...more }, null, '\t').replaceAll('\n', '\r\n')],
  ['yaml', 'indented', stringify({ pipeline: { ...pipeline, ...more }, metadata: filler })],
  ['yaml', 'bare', stringify({ ...filler, ...more, ...pipeline })],
  [
    'yaml',
    'dashes in the column of their key',
    `---\r\n${stringify({ ...pipeline, ...filler }, { indentSeq: false }).replaceAll('\n', '\r\n')}`,
  ],
  ['yaml', 'wide', stringify({ ...filler, pipeline }, { indent: 4, lineWidth: 30 })],
  [
    'yaml',
    'with comments',
    stringify({ pipeline, ...filler })
      .replace(/^( *)- name/gm, '# so\n$1# and so\n$1- name')
      .replace(/^( *)actions:/gm, '\n$1actions: # here\n\n'),
  ],
  ['yaml', 'dashes alone', stringify({ pipeline, ...filler }).replace(/^( *)- (name: \w+)/gm, '$1-\n$1  $2')],
];

describe.each(texts)('%s, %s', (format, _what, text) => {
  const { cuts, read } = kinds[format];

  it('is read in parts, one for each action', () => {
    expect(cuts(text)?.map(({ start, end }) => /name"?: ?"?(\w+)/.exec(text.slice(start, end))?.[1])).toEqual(
      Object.values(stages)
        .flat()
        .map((name) => name.replace(/@.*/, '')),
    );
    expect(read(text)).toMatchObject({ problems: [], isBroken: false });
    expect(plain(partedReader(kinds[format])(text))).toEqual(plain(read(text)));
  });

  it('is the same after any edits as read anew', () => {
    const snippet = fc.oneof(
      fc.constantFrom(
        'x',
        ' ',
        '\n',
        '"',
        "'",
        '- ',
        '-',
        ':',
        ': ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '#',
        '|',
        '\n  ',
        '\\',
        '&a ',
        '*a',
        '/',
        '---\n',
      ),
      fc.constantFrom(
        'name: Lint\n',
        '"name": "x", ',
        '{"name": "a"}, ',
        '    - name: New\n      runOrder: 1\n',
        '\n\n',
        'true',
        '\t',
      ),
      fc.string({ maxLength: 3 }),
    );
    const edit = fc.record({
      at: fc.nat(text.length),
      remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
      insert: snippet,
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const parted = partedReader(kinds[format]);
        parted(text);
        let edited = text;
        for (const { at, remove, insert } of edits) {
          const next = edited.slice(0, at) + insert + edited.slice(at + remove);
          const tree = parted(next);
          // Whatever was read before: the same as by a reader that has seen nothing.
          expect(plain(tree)).toEqual(plain(partedReader(kinds[format])(next)));
          const whole = read(next);
          expect(isSound(tree)).toBe(isSound(whole));
          if (isSound(whole)) {
            expect(plain(tree)).toEqual(plain(whole));
            edited = next;
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a fault', () => {
  it.each(texts.filter(([, what]) => what === 'indented'))(
    'of one action in %s leaves the others as they are, and says its line',
    (format, _what, text) => {
      const parted = partedReader(kinds[format]);
      const at = text.indexOf('Compile') + 3;
      const tree = parted(`${text.slice(0, at)}": "${text.slice(at)}`);
      expect(tree.isBroken).toBe(true);
      const { line } = tree.problems[0]!;
      expect(line).toBeGreaterThanOrEqual(text.slice(0, at).split('\n').length);
      expect(line).toBeLessThan(text.slice(0, text.indexOf('Upload')).split('\n').length);
    },
  );
});

describe('a text in parts', () => {
  it('is refused as a whole one is', () => {
    const deep = `${'['.repeat(96)}${']'.repeat(96)}`;
    const text = texts[0]![2].replace('"runOrder": 1', `"runOrder": ${deep}`);
    expect(plain(partedReader(kinds.json)(text))).toEqual(plain(jsonTree(text)));
    expect(jsonTree(text).problems[0]?.code).toBe('text.too-deep');
  });

  it('reads an action again only when its own text changed', () => {
    const [, , text] = texts[3]!;
    const readTexts: string[] = [];
    const parted = partedReader({
      ...kinds.yaml,
      read: (part, nesting) => {
        readTexts.push(part);
        return yamlTree(part, nesting);
      },
    });
    parted(text);
    readTexts.length = 0;
    parted(text.replace('Compile', 'Compiles'));
    expect(readTexts).toHaveLength(1);
    expect(readTexts[0]).toContain('name: Compiles');
  });
});
