import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { replaceTransport } from '../bridge.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { adopt, edit, redo, typeText, undo, useDocuments } from './documentStore.ts';

/** Texts as people leave them: comments, odd order, odd spaces. `{0}` … stand for the values that are edited. */
const TEMPLATES = {
  json: `{ "metadata" : {"x":1},
    "pipeline":{ "stages" :[
  {"actions":[ {"runOrder": 1 ,"name" :"{2}",   "configuration":{"B":"{3}"}}],
     "name":"{1}"},
  { "name": "Last",
\t"actions": []   }
   ] , "roleArn":"r", "name":    "{0}"
} }

`,
  yaml: `# who owns this: the web team
name:   {0}   # never renamed
roleArn: r

stages:
# sources
- actions:
  -   runOrder: 1
      name: {2}  # the repository
      configuration: { B: {3} , C: "#no comment" }   # as they are
  name: {1}
- {name: Last, actions: [ ]}

# the end
`,
};
const PATHS = [
  ['name'],
  ['stages', 0, 'name'],
  ['stages', 0, 'actions', 0, 'name'],
  ['stages', 0, 'actions', 0, 'configuration', 'B'],
];
const tab = () => useDocuments.getState().tabs[0]!;

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
});

describe.each(['json', 'yaml'] as const)('edits of a %s text from both sides', (format) => {
  const textOf = (values: readonly string[]) =>
    TEMPLATES[format].replace(/\{(\d)\}/g, (_all, index: string) => values[Number(index)]!);

  it('change their own bytes and no others, in any order, and undo leads back to each', () => {
    const one = fc.record({
      side: fc.constantFrom('canvas', 'text'),
      place: fc.nat(PATHS.length - 1),
      name: fc.stringMatching(/^[a-z]{1,6}$/).filter((name) => !/^(true|false|null|yes|no|on|off|y|n)$/.test(name)),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (edits) => {
        const values = ['shop', 'Source', 'App', 'main'];
        useDocuments.setState({ tabs: [], activeId: null });
        adopt({
          documentId: 'd',
          path: '/p',
          name: 'p',
          format,
          text: textOf(values),
          sidecar: emptySidecar(),
          problems: [],
        });
        const texts = [tab().text];
        for (const { side, place, name } of edits) {
          if (values[place] === name) continue;
          values[place] = name;
          const label = `Set ${place}`;
          if (side === 'canvas') edit('d', label, [{ path: PATHS[place]!, value: name }]);
          else typeText('d', textOf(values), { isApart: true });
          expect(tab().text).toBe(textOf(values));
          expect(tab().lastGood?.stages[0]?.actions[0]?.name).toBe(values[2]);
          texts.push(tab().text);
        }
        for (const text of [...texts].reverse()) {
          expect(tab().text).toBe(text);
          undo('d');
        }
        for (const text of texts) {
          expect(tab().text).toBe(text);
          redo('d');
        }
      }),
      { numRuns: 40 },
    );
  });
});
