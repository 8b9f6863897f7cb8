import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseDocument } from '../../shared/model/documentText.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { adopt, typeText, useDocuments, validateNow } from './documentStore.ts';
import { tabOf, withText } from './documentTab.ts';
import { isSound } from './isSound.ts';
import { applyPatch } from './textPatch.ts';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Lint', 'Compile'], Deploy: ['Upload', 'Tell'] });

describe.each([
  ['json', JSON.stringify({ pipeline }, null, 2)],
  ['yaml', stringify({ pipeline })],
] as const)('of a %s text that cannot be read', (format, text) => {
  const opened = (of = text) =>
    tabOf({ documentId: 'd', path: '', name: 'd', format, text: of, sidecar: emptySidecar(), problems: [] });
  const names = ({ lastGood }: ReturnType<typeof opened>) =>
    lastGood?.stages.flatMap((stage) => [stage.name, ...stage.actions.map(({ name }) => name)]).join(' ');
  /** One edit after the other: what follows a word is replaced. */
  const typed = (...edits: [after: string, insert: string][]) =>
    edits.reduce((tab, [after, insert]) => {
      const at = tab.text.indexOf(after) + after.length;
      return withText(tab, tab.text.slice(0, at) + insert + tab.text.slice(at));
    }, opened());
  const slip = '": ["';

  it('the action with the fault is stale, and nothing else', () => {
    const tab = typed(['Compile', slip]);
    expect(isSound(tab.parsed)).toBe(false);
    expect(tab.stale).toEqual(['Build/Compile']);
    expect(names(tab)).toBe('Source App Build Lint Compile Deploy Upload Tell');
    expect(withText(tab, text).stale).toEqual([]);
  });

  it('what is written elsewhere is live', () => {
    const tab = typed(['Compile', slip], ['Upload', 's'], ['Deploy', 'ment'], ['Lint', 'er']);
    expect(isSound(tab.parsed)).toBe(false);
    expect(tab.stale).toEqual(['Build/Compile']);
    expect(names(tab)).toBe('Source App Build Linter Compile Deployment Uploads Tell');
  });

  it('a stage that was renamed meanwhile is stale under its new name', () => {
    expect(typed(['Compile', slip], ['Build', 'All']).stale).toEqual(['BuildAll/Compile']);
  });

  it('two faults are two stale places', () => {
    expect(typed(['Compile', slip], ['App', slip], ['Tell', 's']).stale).toEqual(['Source/App', 'Build/Compile']);
  });

  it('a fault between the actions of a stage makes the stage stale, its actions not', () => {
    const tab = typed([format === 'json' ? '"Build"' : 'Build', format === 'json' ? ' "' : ': x']);
    expect(tab.stale).toEqual(['Build']);
  });

  it('a fault outside of the stages makes no card stale', () => {
    expect(typed(['sketch', slip]).stale).toEqual(['']);
  });

  it('a cut through several actions leaves those before and after it alone', () => {
    const from = text.indexOf('Compile') + 3;
    const tab = withText(opened(), text.slice(0, from) + slip + text.slice(text.indexOf('Upload') + 2));
    expect(tab.stale).toContain('Build/Compile');
    expect(tab.stale).not.toContain('Build/Lint');
    expect(tab.stale).not.toContain('Deploy/Tell');
    expect(names(tab)).toMatch(/^Source App Build Lint Compile.* Tell$/);
  });

  it('the last readable text is always one that can be read, and holds what is drawn', () => {
    const tab = typed(['Compile', slip], ['Upload', 's'], ['App', slip], ['Deploy', 'ment']);
    const read = parseDocument(tab.goodText!, format);
    expect(isSound(read)).toBe(true);
    expect(read.pipeline).toEqual(tab.lastGood);
  });

  it('opened with its fault, everything that could be read is stale', () => {
    const broken = text.replace('Upload', `Upload${slip}`);
    const tab = opened(broken);
    if (tab.lastGood) expect(tab.stale).toEqual(expect.arrayContaining(['', 'Source', 'Source/App']));
    expect(withText(tab, text).stale).toEqual([]);
  });
});

it('what is read and what is refused always add up to the text, whatever is typed', () => {
  const text = JSON.stringify({ pipeline }, null, 1);
  const edit = fc.record({
    at: fc.nat(text.length),
    remove: fc.nat(4),
    insert: fc.constantFrom('"', 'x', ',', '{', ']', '', '\n', ': '),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      let tab = tabOf({
        documentId: 'd',
        path: '',
        name: 'd',
        format: 'json',
        text,
        sidecar: emptySidecar(),
        problems: [],
      });
      for (const { at, remove, insert } of edits) {
        tab = withText(tab, tab.text.slice(0, at) + insert + tab.text.slice(at + remove));
        expect(tab.refused.reduceRight(applyPatch, tab.goodText!)).toBe(tab.text);
        const read = parseDocument(tab.goodText!, 'json');
        expect(isSound(read)).toBe(true);
        expect(read.pipeline).toEqual(tab.lastGood);
        expect(tab.stale.length > 0).toBe(!isSound(tab.parsed));
      }
      expect(withText(tab, text)).toMatchObject({ stale: [], refused: [], goodText: text });
    }),
    { numRuns: 60 },
  );
});

it('problems of places that are as they were stay, those of the action with the fault give way to the fault', () => {
  const faulty = pipelineOf({
    Source: ['App'],
    Build: [{ name: 'Lint', inputArtifacts: [{ name: 'none' }] }, 'Compile'],
  });
  const text = JSON.stringify({ pipeline: faulty }, null, 2);
  useDocuments.setState({ tabs: [], activeId: null });
  adopt({ documentId: 'd', path: '', name: 'd', format: 'json', text, sidecar: emptySidecar(), problems: [] });
  const places = () => {
    validateNow('d');
    return useDocuments
      .getState()
      .tabs[0]!.problems.map(({ code, where }) => (code === 'text.syntax' ? 'text' : where));
  };
  expect(places()).toContain('Build/Lint');
  typeText('d', text.replace('"Compile"', '"Compile" "'));
  expect(places()[0]).toBe('text');
  expect(places()).toContain('Build/Lint');
  typeText('d', text.replace('"Lint"', '"Lint" "'));
  expect(places()).not.toContain('Build/Lint');
});
