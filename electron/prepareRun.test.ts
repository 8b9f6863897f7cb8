import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../shared/model/declaration.ts';
import { emptySidecar, type Sidecar } from '../shared/model/sidecar.ts';
import { ProblemError } from '../shared/problem.ts';
import { pipelineOf } from '../shared/testing/pipelineOf.ts';
import type { StartRequest, Trust } from './parts.ts';
import { prepareRun, type RunRequest } from './prepareRun.ts';

/** A folder that is there. */
const project = tmpdir();
const bound: Sidecar = { ...emptySidecar(), bindings: { 'Source/Repo': { kind: 'repository', path: '.' } } };
const sketch = (more: Partial<PipelineDeclaration> = {}) => pipelineOf({ Source: ['Repo'], Build: ['Make'] }, more);
const request = (change: Partial<RunRequest> & { pipeline?: unknown } = {}): RunRequest => {
  const { pipeline = sketch(), ...more } = change;
  return {
    text: JSON.stringify({ pipeline }),
    format: 'json',
    sidecar: bound,
    variables: {},
    documentPath: join(project, 'a.pipeline.json'),
    folder: project,
    openedAs: project,
    ...more,
  };
};

/** A trust that was never given; it keeps what it is told. */
function trustOf({ trusted = false, changed = false } = {}) {
  const agreed: string[] = [];
  const asked: StartRequest[] = [];
  const trust: Trust = {
    describe: async (start) => {
      asked.push(start);
      return {
        folder: project,
        openedAs: '',
        commands: [{ where: 'Build/Make', text: 'make' }],
        changed,
        hash: 'h',
        trusted,
      };
    },
    agree: async (folder, hash) => void agreed.push(`${folder} ${hash}`),
  };
  return { trust, agreed, asked };
}
const never = async () => {
  throw new Error('Nobody may be asked.');
};
const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem.code;
};

describe('before a run', () => {
  it('a text that is no pipeline is refused first, before anything is missing or asked', async () => {
    const { trust, asked } = trustOf();
    expect(await codeOf(prepareRun(request({ text: 'nonsense', sidecar: emptySidecar() }), trust, never))).toMatch(
      /^text\./,
    );
    expect(asked).toEqual([]);
  });

  it('a faulty declaration is refused with its first error, and how many there are', async () => {
    const { trust } = trustOf();
    const broken = { ...sketch(), name: 'a b c', roleArn: 'nonsense' };
    const refused = prepareRun(request({ pipeline: broken, sidecar: emptySidecar() }), trust, never);
    await expect(refused).rejects.toThrow(/and \d+ more/);
  });

  it('a missing binding is refused before consent is asked, and says how to give it', async () => {
    const { trust, asked } = trustOf();
    const refused = prepareRun(request({ sidecar: emptySidecar() }), trust, never);
    await expect(refused).rejects.toThrow(/--bind Source\/Repo=PATH/);
    expect(await codeOf(refused)).toBe('run.missing');
    expect(asked).toEqual([]);
  });

  it('a variable without a value is refused, and taken from the run or from the sidecar', async () => {
    const { trust } = trustOf({ trusted: true });
    const pipeline = sketch({ variables: [{ name: 'RELEASE' }] });
    await expect(prepareRun(request({ pipeline }), trust, never)).rejects.toThrow(/--var RELEASE=VALUE/);
    await prepareRun(request({ pipeline, variables: { RELEASE: '1' } }), trust, never);
    await prepareRun(request({ pipeline, sidecar: { ...bound, variables: { RELEASE: '1' } } }), trust, never);
  });

  it('consent is asked once, with the commands, and remembered when given', async () => {
    const { trust, agreed } = trustOf({ changed: true });
    const asked: Consent[] = [];
    const start = await prepareRun(request(), trust, async (consent) => {
      asked.push(consent);
      return true;
    });
    expect(asked).toMatchObject([{ changed: true, commands: [{ text: 'make' }] }]);
    expect(Object.keys(asked[0] ?? {})).not.toContain('hash');
    expect(agreed).toEqual([`${project} h`]);
    expect(start).toMatchObject({ folder: project, bindings: bound.bindings, declaration: { name: 'sketch' } });
  });

  it('a refusal runs nothing and is not remembered', async () => {
    const { trust, agreed } = trustOf();
    expect(await codeOf(prepareRun(request(), trust, async () => false))).toBe('trust.refused');
    expect(agreed).toEqual([]);
  });

  it('nobody is asked for what is trusted', async () => {
    const { trust, agreed } = trustOf({ trusted: true });
    await prepareRun(request(), trust, never);
    expect(agreed).toEqual([]);
  });
});
