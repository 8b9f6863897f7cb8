import { describe, expect, it, test } from 'vitest';
import { bindingSchema, emptySidecar, sidecarSchema } from './sidecar.ts';

const isBinding = (value: unknown) => bindingSchema.safeParse(value).success;

describe('a binding', () => {
  test.each<[what: string, binding: Record<string, unknown>]>([
    ['a git repository', { kind: 'repository', path: '../shop' }],
    ['a repository elsewhere', { kind: 'repository', path: '/home/ann/shop' }],
    ['a folder', { kind: 'folder', path: 'out' }],
    ['a file', { kind: 'file', path: 'drop/shop.zip' }],
    ['a project of which nothing is known', { kind: 'project' }],
    ['a project with its buildspec as text', { kind: 'project', buildspec: 'version: 0.2\nphases: {}\n' }],
    ['a project with environment variables', { kind: 'project', environment: { STAGE: 'beta', EMPTY: '' } }],
    ['a project with secrets', { kind: 'project', secretsFromEnvironment: { '/shop/key': 'SHOP_KEY' } }],
    ['a simulation as it comes', { kind: 'simulation' }],
    ['a simulation at once', { kind: 'simulation', delayMs: 0 }],
    ['a simulation of a day', { kind: 'simulation', delayMs: 86_400_000 }],
    ['a simulation that succeeds', { kind: 'simulation', result: 'Succeeded', message: 'Done' }],
    ['a simulation that fails', { kind: 'simulation', result: 'Failed', message: '' }],
    ['a simulation with variables', { kind: 'simulation', outputVariables: { Url: 'https://example.com' } }],
    ['a simulation with artifacts', { kind: 'simulation', outputArtifacts: { Site: './site' } }],
  ])('may be %s, and is read as it is written', (_what, binding) => {
    expect(bindingSchema.parse(binding)).toEqual(binding);
  });

  test.each<[what: string, binding: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a path alone', '../shop'],
    ['a list', []],
    ['without a kind', { path: '../shop' }],
    ['of a kind that does not exist', { kind: 'bucket', path: 'x' }],
    ['of a kind in other letters', { kind: 'Repository', path: 'x' }],
    ['a repository without a path', { kind: 'repository' }],
    ['a repository with an empty path', { kind: 'repository', path: '' }],
    ['a folder with an empty path', { kind: 'folder', path: '' }],
    ['a file with an empty path', { kind: 'file', path: '' }],
    ['a folder whose path is a number', { kind: 'folder', path: 1 }],
    ['a project whose buildspec is parsed already', { kind: 'project', buildspec: { version: 0.2 } }],
    ['a project with a number as variable', { kind: 'project', environment: { PORT: 8080 } }],
    ['a project with secrets as a list', { kind: 'project', secretsFromEnvironment: ['SHOP_KEY'] }],
    ['a simulation in the past', { kind: 'simulation', delayMs: -1 }],
    ['a simulation longer than a day', { kind: 'simulation', delayMs: 86_400_001 }],
    ['a simulation of half a millisecond', { kind: 'simulation', delayMs: 0.5 }],
    ['a simulation with a result that no action has', { kind: 'simulation', result: 'Stopped' }],
    ['a simulation with a number as variable', { kind: 'simulation', outputVariables: { N: 3 } }],
    ['a simulation with a missing artifact', { kind: 'simulation', outputArtifacts: { Site: null } }],
  ])('is never %s', (_what, binding) => {
    expect(isBinding(binding)).toBe(false);
  });

  it('keeps what a newer version wrote into it', () => {
    const newer = { kind: 'repository', path: '../shop', submodules: true };
    expect(bindingSchema.parse(newer)).toEqual(newer);
  });
});

describe('a sidecar', () => {
  it('is empty where there is none: no bindings, no answers, no notes', () => {
    expect(emptySidecar()).toEqual({ penstock: 1, bindings: {}, variables: {}, notes: {} });
  });

  it('is a new one each time, so that two documents never share bindings', () => {
    const first = emptySidecar();
    first.bindings['Source/App'] = { kind: 'folder', path: 'x' };
    expect(emptySidecar().bindings).toEqual({});
  });

  test.each<[what: string, written: Record<string, unknown>]>([
    ['bindings by stage and action', { bindings: { 'Source/App': { kind: 'repository', path: '.' } } }],
    ['answers for variables', { variables: { TARGET: 'beta', EMPTY: '' } }],
    ['notes', { notes: { 'Deploy/Upload': 'ask before' } }],
    ['the view of the canvas', { view: { x: -12.5, y: 0, zoom: 0.75 } }],
    ['what a newer version added', { snapshots: [{ at: 1 }] }],
  ])('keeps %s', (_what, written) => {
    expect(sidecarSchema.parse(written)).toEqual({ ...emptySidecar(), ...written });
    expect(sidecarSchema.parse(sidecarSchema.parse(written))).toEqual(sidecarSchema.parse(written));
  });

  test.each<[what: string, written: unknown]>([
    ['it is of a later format', { penstock: 2 }],
    ['its format is a text', { penstock: '1' }],
    ['it is a list', []],
    ['it is a text', 'bindings'],
    ['its bindings are a list', { bindings: [] }],
    ['one of its bindings is broken', { bindings: { 'Source/App': { kind: 'nothing' } } }],
    ['an answer is a number', { variables: { PORT: 8080 } }],
    ['a note is missing', { notes: { A: null } }],
    ['the view has no zoom', { view: { x: 0, y: 0 } }],
    ['the view is nowhere', { view: { x: Number.NaN, y: 0, zoom: 1 } }],
  ])('is refused when %s', (_what, written) => {
    expect(sidecarSchema.safeParse(written).success).toBe(false);
  });

  it('survives its file: what is written is what is read', () => {
    const sidecar = sidecarSchema.parse({
      bindings: { 'Build/Compile': { kind: 'project', environment: { 'A B': 'ü\n"' } } },
      notes: { constructor: 'a stage may have any name' },
    });
    expect(sidecarSchema.parse(JSON.parse(JSON.stringify(sidecar)))).toEqual(sidecar);
  });
});
