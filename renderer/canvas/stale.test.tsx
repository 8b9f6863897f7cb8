import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { canvas } from './canvasStore.ts';
import { PipelineCanvas } from './PipelineCanvas.tsx';

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile'] });
const draw = (stale?: readonly string[]) =>
  render(
    <TooltipProvider>
      <PipelineCanvas pipeline={pipeline} documentId="d" selection="" onSelect={() => {}} {...(stale && { stale })} />
    </TooltipProvider>,
  );
afterEach(cleanup);

it('a card or stage that is behind the text is named and drawn so, the others are not; nothing can be edited meanwhile', () => {
  draw(['Build', 'Build/Lint']);
  const behind = [...document.querySelectorAll('[data-where][data-stale]')];
  expect(behind.map((one) => one.getAttribute('data-where')).sort()).toEqual(['Build', 'Build/Lint']);
  for (const one of behind) expect(one.getAttribute('aria-label')).toContain('behind the text');
  expect(screen.getByRole('article', { name: /^Compile/ }).getAttribute('aria-label')).not.toContain('behind');
  expect(canvas().documentId).toBeNull();
});

it('of a text that can be read nothing is behind', () => {
  draw();
  expect(document.querySelector('[data-stale]')).toBeNull();
  expect(canvas().documentId).toBe('d');
});
