import { createInterface } from 'node:readline';
import type { Io } from './command.ts';
import { colouredText, plainText } from './terminalText.ts';

/** The real terminal. */
export function terminal(): Io {
  const { stdin, stdout, stderr } = process;
  let isRead = true;
  // `penstock history | head -1`: whoever read us has had enough. What is under way goes on to its proper end.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    isRead = false;
    if (error.code !== 'EPIPE') stderr.write(`penstock: the output cannot be written (${error.code}).\n`);
  });
  stderr.on('error', () => {});
  const on = (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => {
    process.on(signal, listener);
    return () => void process.off(signal, listener);
  };
  return {
    out(text) {
      if (isRead) stdout.write(stdout.isTTY ? colouredText(text) : text);
    },
    async drained() {
      if (isRead && stdout.writableNeedDrain)
        await new Promise<void>((resolve) => {
          const end = () => {
            stdout.off('drain', end).off('error', end);
            resolve();
          };
          stdout.on('drain', end).on('error', end);
        });
      await new Promise((resolve) => setImmediate(resolve)); // an error of the last write comes now
      return isRead;
    },
    err: (text) => void stderr.write(plainText(text)),
    isInteractive: Boolean(stdin.isTTY && stderr.isTTY),
    ask: (question, signal) =>
      new Promise((resolve) => {
        const reader = createInterface({ input: stdin, output: stderr });
        const end = () => reader.close();
        let answer: string | undefined;
        // While a question is open the terminal sends no signal: readline hears the key instead.
        reader.on('SIGINT', () => {
          end();
          process.emit('SIGINT');
        });
        reader.on('close', () => {
          signal?.removeEventListener('abort', end);
          if (answer === undefined) stderr.write('\n');
          resolve(answer);
        });
        signal?.addEventListener('abort', end);
        if (signal?.aborted) return end();
        reader.question(plainText(question), (given) => {
          answer = given;
          end();
        });
      }),
    environment: process.env,
    cwd: process.cwd(),
    onInterrupt: (listener) => on('SIGINT', listener),
    onTerminate: (listener) => on('SIGTERM', listener),
  };
}
