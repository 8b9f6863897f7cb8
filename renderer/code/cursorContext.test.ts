import { getLocation } from 'jsonc-parser';
import { describe, expect, it, test } from 'vitest';
import type { DocumentFormat } from '../../shared/model/textTree.ts';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { contextAt } from './cursorContext.ts';

/** The context at the bar; the bar itself is no part of the text. */
const at = (marked: string, format: DocumentFormat) => contextAt(marked.replace('¦', ''), format, marked.indexOf('¦'));

describe('the place of the cursor', () => {
  test.each<[what: string, format: DocumentFormat, text: string, path: string, isKey: boolean, typed: string]>([
    ['a key being written', 'json', '{"pipeline": {"name": "x", "sta¦"}}', '', true, 'sta'],
    ['a key without quotes', 'json', '{"pipeline": {"stages": [], ro¦', '', true, 'ro'],
    ['a value', 'json', '{"pipeline": {"executionMode": "¦"}}', 'executionMode', false, ''],
    ['a value in a text that ends there', 'json', '{"pipeline": {"stages": [{"name": "S¦', 'stages.0.name', false, 'S'],
    [
      'a value deep inside',
      'json',
      '{"pipeline": {"stages": [{}, {"actions": [{"actionTypeId": {"provider": "Cod¦"}}]}]}}',
      'stages.1.actions.0.actionTypeId.provider',
      false,
      'Cod',
    ],
    [
      'a value where none is yet',
      'json',
      '{"pipeline": {"stages": [{"actions": [{"runOrder": ¦}]}]}}',
      'stages.0.actions.0.runOrder',
      false,
      '',
    ],
    ['a bare declaration', 'json', '{"name": "a", "roleArn": "b", "pip¦"}', '', true, 'pip'],
    ['a key in YAML', 'yaml', 'pipeline:\n  name: x\n  sta¦', '', true, 'sta'],
    ['a value in YAML', 'yaml', 'name: x\nroleArn: y\nexecutionMode: QU¦', 'executionMode', false, 'QU'],
    ['a key of a list item', 'yaml', 'name: x\nstages:\n  - name: A\n    act¦', 'stages.0', true, 'act'],
    ['a key behind a dash', 'yaml', 'name: x\nstages:\n  - name: A\n  - na¦', 'stages.1', true, 'na'],
    [
      'a list in the column of its key',
      'yaml',
      'name: x\nstages:\n- name: A\n- name: B\n  actions:\n  - na¦',
      'stages.1.actions.0',
      true,
      'na',
    ],
    [
      'a value of the second action',
      'yaml',
      'stages:\n  - name: A\n    actions:\n      - name: B\n        runOrder: 1\n      - name: C\n        inputArtifacts:\n          - name: ¦',
      'stages.0.actions.1.inputArtifacts.0.name',
      false,
      '',
    ],
    ['an empty line', 'yaml', 'name: x\nstages:\n  - name: A\n    ¦\n  - name: B', 'stages.0', true, ''],
    ['after a list, back outside', 'yaml', 'stages:\n  - name: A\n    actions: []\npip¦', '', true, 'pip'],
    [
      'after text in lines',
      'yaml',
      'variables:\n  - name: A\n    description: |\n      a: b\n    def¦',
      'variables.0',
      true,
      'def',
    ],
    ['a quoted value', 'yaml', "stages:\n  - name: 'A¦'", 'stages.0.name', false, 'A'],
  ])('%s (%s)', (_what, format, text, path, isKey, typed) => {
    const found = at(text, format)!;
    expect(found.path.join('.')).toBe(path);
    expect(found).toMatchObject({ isKey, typed });
  });

  it('is found in the action alone as in the whole JSON text', () => {
    const text = JSON.stringify({ pipeline: completePipeline() }, null, 1);
    for (let offset = text.indexOf('"stages"'); offset < text.lastIndexOf(']'); offset += 3) {
      const found = contextAt(text, 'json', offset);
      const { path, isAtPropertyKey } = getLocation(text, offset);
      if (found) expect(['pipeline', ...found.path]).toEqual(isAtPropertyKey ? path.slice(0, -1) : path);
    }
  });

  it('is nowhere in a comment, in text of several lines, and outside of the declaration', () => {
    expect(at('name: x # a¦', 'yaml')).toBeUndefined();
    expect(at('variables:\n  - description: |\n      a¦', 'yaml')).toBeUndefined();
    expect(at('{"pipeline": {"name": "x"}, "metadata": {"a¦"}}', 'json')).toBeUndefined();
  });

  it('replaces the whole value, within its quotes', () => {
    const text = '{"pipeline": {"executionMode": "QUEUED"}}';
    const { from, to } = contextAt(text, 'json', text.indexOf('EUED'))!;
    expect(text.slice(from, to)).toBe('QUEUED');
    const yaml = 'name: x\nstages: []\nexecutionMode: QUEUED # as they come\n';
    const found = contextAt(yaml, 'yaml', yaml.indexOf('EUED'))!;
    expect(yaml.slice(found.from, found.to)).toBe('QUEUED');
  });
});
