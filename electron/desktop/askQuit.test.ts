import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { askDiscard, askQuit } from './askQuit.ts';
import { desktopTexts } from './texts.ts';

const english = desktopTexts('en');

const dialogOf = (response: number) => {
  const shown: MessageBoxOptions[] = [];
  const dialog = {
    showMessageBox: async (options: MessageBoxOptions) => {
      shown.push(options);
      return { response, checkboxChecked: false };
    },
    showMessageBoxSync: (_window: BrowserWindow, options: MessageBoxOptions) => {
      shown.push(options);
      return response;
    },
  } as unknown as Pick<Dialog, 'showMessageBox' | 'showMessageBoxSync'>;
  return { dialog, shown };
};
const runs = (...names: string[]) => names.map((pipelineName) => ({ pipelineName }));

describe('DU-42 quitting while executions run', () => {
  it.each([
    [0, 'leave'],
    [1, 'stop'],
    [2, 'cancel'],
  ] as const)('button %i means %s', async (response, answer) => {
    expect(await askQuit(dialogOf(response).dialog, undefined, runs('shop'), english)).toBe(answer);
  });
  it('names the pipelines, leaves them running by default, and Escape cancels', async () => {
    const { dialog, shown } = dialogOf(2);
    await askQuit(dialog, undefined, runs('shop'), english);
    await askQuit(dialog, undefined, runs('a', 'b', 'a', 'c', 'd', 'e'), english);
    expect(shown[0]).toMatchObject({ message: 'An execution is running: shop', defaultId: 0, cancelId: 2 });
    expect(shown[1]?.message).toBe('6 executions are running: a, b, c and 2 more');
  });
});

describe('in German', () => {
  it('the same is asked', async () => {
    const { dialog, shown } = dialogOf(1);
    expect(await askQuit(dialog, undefined, runs('shop', 'b', 'c', 'd'), desktopTexts('de'))).toBe('stop');
    expect(shown[0]?.message).toBe('4 Ausführungen laufen: shop, b, c und 1 weitere');
    expect(shown[0]?.buttons).toHaveLength(3);
  });
});

describe('closing a window with unsaved edits', () => {
  it('discards them only by its second button', () => {
    const window = {} as BrowserWindow;
    expect(askDiscard(dialogOf(1).dialog, window, english)).toBe(true);
    const { dialog, shown } = dialogOf(0);
    expect(askDiscard(dialog, window, english)).toBe(false);
    expect(shown[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
  });
});
