import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { exportJson } from '../convert/exportJson.ts';
import { editDocument, parseDocument } from '../model/documentText.ts';
import { validate } from './validate.ts';

const folder = new URL('../testing/corpus/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** `<NAME>`, `[Role]`, `REPLACE_ME…`: what a reader of an example is meant to fill in. */
const isPlaceholder = /[<[]|REPLACE_ME/;

describe('pipelines that other people wrote', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(12);
  });

  test.each(files)('%s has no errors but its placeholders', (name) => {
    const { pipeline, problems } = parseDocument(read(name), 'json');
    const found = [...problems, ...validate(pipeline!)];
    expect(found.filter(({ code, what }) => code !== 'shape.pattern' || !isPlaceholder.test(what))).toEqual([]);
  });

  test.each(files)('%s keeps every byte but those of an edit, and gets them back', (name) => {
    const text = read(name);
    const { pipeline } = parseDocument(text, 'json');
    const edit = (value: unknown, before = text) =>
      editDocument(before, 'json', [{ path: ['stages', 1, 'name'], value }]);
    const renamed = edit('Renamed');
    expect(parseDocument(renamed, 'json').pipeline?.stages[1]?.name).toBe('Renamed');
    expect(edit(pipeline!.stages[1]!.name, renamed)).toBe(text);
    const path = ['stages', 1, 'actions', 1];
    const added = editDocument(text, 'json', [{ path, value: { name: 'New', actionTypeId: {} }, insert: true }]);
    expect(editDocument(added, 'json', [{ path, value: undefined }])).toBe(text);
  });

  test.each(files)('%s is exported as the same pipeline', (name) => {
    const { pipeline } = parseDocument(read(name), 'json');
    const { version: _counted, ...rest } = pipeline!;
    expect(parseDocument(exportJson(pipeline!), 'json').pipeline).toEqual(rest);
  });
});
