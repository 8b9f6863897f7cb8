import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceTransport } from '../bridge.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { FilesPanel, useFiles } from './FilesPanel.tsx';

const files = [
  { path: '/p/shop.json', name: 'shop', folder: '' },
  { path: '/p/services/cart.json', name: 'cart', folder: 'services' },
];
const host = (folder: string, folded: string[] = []) => {
  const bridge = fakeBridge({
    handlers: {
      getFilesFolder: async () => ({ folder, folded }),
      listPipelineFiles: async ({ path }) => ({ folder: path, files, isPartial: false }),
    },
  });
  replaceTransport(bridge);
  return bridge;
};
const show = () =>
  render(
    <TooltipProvider>
      <FilesPanel />
    </TooltipProvider>,
  );

beforeEach(() => {
  useFiles.setState({ listing: null, folded: new Set(), isAsked: false });
  useUi.setState({ notices: [] });
});
afterEach(cleanup);

describe('the files panel', () => {
  it('asks for a folder where none was listed before, and reads none by itself', async () => {
    const bridge = host('');
    show();
    await waitFor(() => expect(bridge.calls).toHaveLength(1));
    expect(screen.getByRole('button', { name: 'Choose a folder …' })).toBeTruthy();
  });

  it('lists the folder of the last time, folded as it was', async () => {
    host('/p', ['services']);
    show();
    expect(await screen.findByRole('button', { name: 'shop' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'services' }).getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('button', { name: 'cart' })).toBeNull();
  });

  it('has folding kept for the next start', async () => {
    const bridge = host('/p');
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'services' }));
    expect(screen.queryByRole('button', { name: 'cart' })).toBeNull();
    const kept = () => bridge.calls.filter(({ name }) => name === 'keepFoldedFolders').map(({ input }) => input);
    expect(kept()).toEqual([{ folded: ['services'] }]);
    fireEvent.click(screen.getByRole('button', { name: 'services' }));
    expect(screen.getByRole('button', { name: 'cart' })).toBeTruthy();
    expect(kept().at(-1)).toEqual({ folded: [] });
  });
});
