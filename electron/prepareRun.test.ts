import { expect, it } from 'vitest';
import { emptySidecar } from '../shared/model/sidecar.ts';
import { pipelineOf } from '../shared/testing/pipelineOf.ts';
import type { Trust } from './parts.ts';
import { prepareRun } from './prepareRun.ts';

const trusting: Trust = {
  describe: async () => ({ folder: '/p', openedAs: '', commands: [], changed: false, hash: '', trusted: true }),
  agree: async () => undefined,
};

it('a run takes remembered values of variables that the pipeline declares, below those that it is given', async () => {
  const pipeline = {
    ...pipelineOf({ Source: ['Repo'], Build: ['Compile'] }),
    pipelineType: 'V2' as const,
    variables: [{ name: 'Branch' }, { name: 'Level' }],
  };
  const { variables } = await prepareRun(
    {
      text: JSON.stringify({ pipeline }),
      format: 'json',
      sidecar: {
        ...emptySidecar(),
        bindings: { 'Source/Repo': { kind: 'repository', path: '.' } },
        variables: { Branch: 'main', Level: '1', Removed: 'since' },
      },
      variables: { Level: '2' },
      documentPath: '/p/shop.pipeline.json',
      folder: '/p',
      openedAs: '/p',
    },
    trusting,
    async () => true,
  );
  expect(variables).toEqual({ Branch: 'main', Level: '2' });
});
