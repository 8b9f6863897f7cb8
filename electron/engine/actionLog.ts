import { closeSync, copyFileSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Engine } from '../parts.ts';
import type { AttemptFolder } from './attemptFolder.ts';

/**
 * The log of an attempt. What a command prints and what Penstock says go to one raw file in the private spool, in order; the
 * masked copy of it is the log that is kept.
 */
export interface ActionLog {
  /** Writes a line of Penstock's own. */
  line(text: string): void;
  /** Where the shell's output is to be appended; exists from now on. */
  startOutput(): string;
  /** Loads what `hide` needs. */
  prepareMasking(): Promise<void>;
  /** Values that must not appear in the log. Known before the first command starts. */
  hide(secrets: readonly { name: string; value: string }[]): void;
  /** A text without the hidden values. */
  masked(text: string): string;
  /** Completes the masked copy and removes the raw file. */
  finish(): Promise<void>;
}

/** How Penstock's own lines differ from a command's. */
const MARK = '[Penstock] ';

export interface ActionLogs {
  open(pipelineExecutionId: string, actionExecutionId: string, folder: AttemptFolder, isAdopted: boolean): ActionLog;
  close(): Promise<void>;
}

export function createActionLogs(onGrew: Parameters<Engine['onLog']>[0]): ActionLogs {
  return {
    open(pipelineExecutionId, actionExecutionId, folder, isAdopted) {
      let file: number | undefined;
      /** A runner that is called again says what it said before; it is not written twice. */
      let said =
        isAdopted && existsSync(folder.raw) ? new Set(readFileSync(folder.raw, 'utf8').split('\n')) : undefined;
      const open = () => {
        if (file === undefined) {
          folder.ensure();
          file = openSync(folder.raw, 'a', 0o600);
        }
        return file;
      };
      return {
        line(text) {
          for (const line of text.split('\n')) {
            const marked = MARK + line;
            if (said?.delete(marked)) continue;
            writeSync(open(), `${marked}\n`);
          }
        },
        startOutput() {
          open();
          return folder.raw;
        },
        prepareMasking: async () => undefined,
        hide() {},
        masked: (text) => text,
        async finish() {
          said = undefined;
          if (file === undefined) return;
          closeSync(file);
          try {
            renameSync(folder.raw, folder.log);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
            copyFileSync(folder.raw, folder.log);
            rmSync(folder.raw);
          }
          onGrew({ pipelineExecutionId, actionExecutionId, size: 0, complete: true });
        },
      };
    },
    close: async () => undefined,
  };
}
