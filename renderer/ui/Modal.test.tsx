import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { Modal } from './Modal.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('a dialog begins at the first thing to fill in, not at the button that closes it', () => {
  render(
    <Modal title="Before it runs" onClose={() => undefined} footer={<button type="button">Run</button>}>
      <input aria-label="Folder" />
    </Modal>,
  );
  expect(document.activeElement).toBe(screen.getByLabelText('Folder'));
});

it('a dialog closes while it is still in the page, without which the browser cannot give the focus back', () => {
  const wasInPage: boolean[] = [];
  vi.spyOn(HTMLDialogElement.prototype, 'close').mockImplementation(function (this: HTMLDialogElement) {
    wasInPage.push(this.isConnected);
  });
  const { unmount } = render(
    <Modal title="Settings" onClose={() => undefined}>
      text
    </Modal>,
  );
  unmount();
  expect(wasInPage).toEqual([true]);
});
