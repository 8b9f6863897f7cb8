import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../shared/model/documentText.ts';
import { problem } from '../../shared/problem.ts';
import { problemMarks, textPlaces } from './textPlaces.ts';

const json = JSON.stringify(
  {
    pipeline: {
      name: 'shop',
      roleArn: '',
      stages: [
        {
          name: 'Source',
          actions: [{ name: 'App', actionTypeId: {}, configuration: { S3Bucket: 'b' } }],
        },
        { name: 'Build', actions: [] },
      ],
    },
  },
  null,
  2,
);
const yaml = `name: shop
roleArn: ''
stages:
  - name: Source
    actions:
      - name: App
        configuration:
          S3Bucket: b
  - name: Build
    actions: []
`;

describe.each([
  ['json', json],
  ['yaml', yaml],
] as const)('a %s text', (format, text) => {
  const { pipeline } = parseDocument(text, format);
  const places = textPlaces(text, format);

  it('knows where a configuration key stands', () => {
    const { from, to } = places.rangeOf(pipeline!, 'Source/App', 'S3Bucket')!;
    expect(text.slice(from, to).replaceAll('"', '')).toBe('b');
  });

  it('knows which action, stage or pipeline an offset is in', () => {
    expect(places.whereAt(pipeline!, text.indexOf('S3Bucket'))).toBe('Source/App');
    expect(places.whereAt(pipeline!, text.indexOf('Build'))).toBe('Build');
    expect(places.whereAt(pipeline!, text.indexOf('shop'))).toBe('');
  });

  it('marks a problem of an absent field at its nearest parent', () => {
    const marks = problemMarks(
      [problem({ code: 'x', where: 'Source/App', field: 'S3ObjectKey', what: 'Missing.', fix: 'Add it.' })],
      pipeline,
      places,
      () => 0,
    );
    expect(text.slice(marks[0]!.offset)).toMatch(/^\{?\s*"?S3Bucket/);
    expect(marks[0]!.text).toBe('Missing. Add it.');
  });
});

it('a fault of the text is marked at its line even when nothing parses', () => {
  const text = '{ "pipeline": ';
  const { problems } = parseDocument(text, 'json');
  const marks = problemMarks(problems, undefined, textPlaces(text, 'json'), (line) => line * 100);
  expect(marks[0]?.offset).toBe(100);
});
