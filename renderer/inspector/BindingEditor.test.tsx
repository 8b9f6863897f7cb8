import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Binding } from '../../shared/model/sidecar.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { BindingEditor } from './BindingEditor.tsx';

afterEach(cleanup);

let binding: Binding | undefined;

function Editor({ provider, first }: { provider: ReturnType<typeof findProvider>; first?: Binding | undefined }) {
  const [now, setNow] = useState(first);
  binding = now;
  return (
    <BindingEditor
      fidelity={provider.local.fidelity}
      need={provider.local.binding!}
      binding={now}
      outputArtifacts={[]}
      onChange={setNow}
    />
  );
}

const jenkins = findProvider({ category: 'Build', owner: 'Custom', provider: 'Jenkins', version: '1' });
const lambda = findProvider({ category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' });
const invoke = findProvider({ category: 'Invoke', owner: 'AWS', provider: 'CodePipeline', version: '1' });
const choose = (value: string) =>
  fireEvent.change(screen.getByLabelText('In a local run it is a'), { target: { value } });

describe('the local stand-in', () => {
  it('of a custom action is a script until a job worker is chosen, and becomes one again', () => {
    render(<Editor provider={jenkins} />);
    expect(screen.getByLabelText('It ends')).toBeTruthy();
    choose('jobWorker');
    expect(binding).toEqual({ kind: 'jobWorker' });
    expect(screen.getByText(/penstock worker-env prints/)).toBeTruthy();
    choose('simulation');
    expect(binding).toBeUndefined();
    expect(screen.getByLabelText('It ends')).toBeTruthy();
  });

  it('of a Lambda function is its handler file, with the name of the function in it', () => {
    render(<Editor provider={lambda} first={{ kind: 'handler', path: 'fn/index.mjs' }} />);
    const name = screen.getByLabelText(/Function in the file/);
    fireEvent.change(name, { target: { value: 'main' } });
    fireEvent.blur(name);
    expect(binding).toEqual({ kind: 'handler', path: 'fn/index.mjs', handler: 'main' });
    choose('simulation');
    expect(binding).toBeUndefined();
    choose('handler');
    expect(binding).toEqual({ kind: 'handler', path: 'fn/index.mjs', handler: 'main' });
  });

  it('of a pipeline that is started is its file, and waits for its end only when asked to', () => {
    render(<Editor provider={invoke} />);
    choose('pipeline');
    fireEvent.click(screen.getByRole('switch', { name: 'Wait for its end' }));
    expect(binding).toEqual({ kind: 'pipeline', wait: true });
    const path = screen.getByLabelText(/^Pipeline file/);
    fireEvent.change(path, { target: { value: '../other.pipeline.json' } });
    fireEvent.blur(path);
    expect(binding).toEqual({ kind: 'pipeline', path: '../other.pipeline.json', wait: true });
    fireEvent.click(screen.getByRole('switch', { name: 'Wait for its end' }));
    expect(binding).toEqual({ kind: 'pipeline', path: '../other.pipeline.json' });
  });
});
