import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wireShapes } from './wireShapes.ts';

interface ModelShape {
  type: string;
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  [name: string]: unknown;
}
const path = new URL('../../e2e/support/codepipeline-model.json', import.meta.url);
const model = JSON.parse(readFileSync(path, 'utf8')) as { shapes: Record<string, ModelShape> };

test.each(Object.keys(wireShapes))('%s is as AWS’s model has it', (name) => {
  const { members, member, key, value, documentation, sensitive, ...rest } = model.shapes[name]!;
  expect(wireShapes[name]).toEqual({
    ...rest,
    ...(members ? { members: Object.fromEntries(Object.entries(members).map(([at, { shape }]) => [at, shape])) } : {}),
    ...(member ? { member: member.shape } : {}),
    ...(key ? { key: key.shape } : {}),
    ...(value ? { value: value.shape } : {}),
  });
});
