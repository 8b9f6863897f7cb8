import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, useDocuments } from '../state/documentStore.ts';
import { resetExecutions } from '../state/executionStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { RunDialogs } from './RunDialogs.tsx';
import { runPipeline } from './runPipeline.ts';
import { useRun } from './runStore.ts';

const source = (name: string, provider: string) => ({
  name,
  actionTypeId: { category: 'Source', owner: 'AWS', provider, version: '1' },
  configuration: {},
  outputArtifacts: [{ name: `${name}Out` }],
});
const pipeline = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/p',
  pipelineType: 'V2',
  variables: [{ name: 'TARGET', defaultValue: 'beta', description: 'Where it goes' }],
  stages: [{ name: 'Source', actions: [source('App', 'CodeCommit'), source('Data', 'S3')] }],
};
let host: FakeBridge;

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useRun.setState({ sheet: null, consents: [], startingId: null });
  resetExecutions();
  host = fakeBridge({
    handlers: {
      getRunReadiness: async () => ({ problems: [], missing: [], trusted: true }),
      startPipelineExecution: async () => ({ pipelineExecutionId: 'e1' }),
    },
  });
  replaceTransport(host);
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text: JSON.stringify({ pipeline }),
    sidecar: emptySidecar(),
    problems: [],
  });
  render(<RunDialogs />);
});
afterEach(cleanup);

const starts = () => host.calls.filter(({ name }) => name === 'startPipelineExecution').map(({ input }) => input);

it('a run with options asks for every variable, with its default, and for the revisions of the sources', async () => {
  await act(() => runPipeline('d', { asks: true }));
  expect(screen.getByLabelText<HTMLInputElement>('Variable TARGET').value).toBe('beta');
  fireEvent.change(screen.getByLabelText(/^Commit of App/), { target: { value: ' 1234567 ' } });
  fireEvent.change(screen.getByLabelText('It is told by'), { target: { value: 'S3_OBJECT_KEY' } });
  fireEvent.change(screen.getByLabelText(/^Object key of Data/), { target: { value: 'a.zip' } });
  fireEvent.click(screen.getByRole('button', { name: 'Run' }));
  await waitFor(() => expect(starts()).toHaveLength(1));
  expect(starts()[0]).toMatchObject({
    variables: { TARGET: 'beta' },
    sourceRevisions: [
      { actionName: 'App', revisionType: 'COMMIT_ID', revisionValue: '1234567' },
      { actionName: 'Data', revisionType: 'S3_OBJECT_KEY', revisionValue: 'a.zip' },
    ],
  });
});

it('a revision that is left empty means the newest, and a plain run asks for none', async () => {
  await act(() => runPipeline('d', { asks: true }));
  fireEvent.change(screen.getByLabelText('It is told by'), { target: { value: 'S3_OBJECT_KEY' } });
  fireEvent.click(screen.getByRole('button', { name: 'Run' }));
  await waitFor(() => expect(starts()).toHaveLength(1));
  await act(() => runPipeline('d'));
  expect(starts()).toHaveLength(2);
  for (const start of starts()) expect(start).not.toHaveProperty('sourceRevisions');
});
