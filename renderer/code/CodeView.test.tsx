import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, useDocuments } from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { CodeView } from './CodeView.tsx';

const whole = JSON.stringify({ pipeline: pipelineOf({ Source: ['App'], Build: ['Compile'] }) }, null, 2);
const open = (text: string) => {
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text,
    sidecar: emptySidecar(),
    problems: [],
  });
  render(<CodeView />);
};

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
});
afterEach(cleanup);

it('a text with a fault says in which line, and that it is mended in an editor', () => {
  open(whole.slice(0, 120));
  expect(screen.getByRole('alert').textContent).toMatch(/^Line \d+: /);
  expect(screen.getByText(/^Read-only: mend the file/)).toBeTruthy();
});

it('a sound text has no such words', () => {
  open(whole);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText(/^Read-only: change it on the canvas/)).toBeTruthy();
});
