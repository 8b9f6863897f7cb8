import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { main } from '../../cli.ts';
import type { Io } from '../command.ts';

/** A folder with a source, in which command lines are run as in a terminal that nobody sits at. */
export interface CliScene {
  readonly folder: string;
  out: string;
  err: string;
  write(path: string, text: string): void;
  /** Writes `<name>.pipeline.json`. */
  save(pipeline: PipelineDeclaration): void;
  /** Runs one command line on the scene's data directory and answers its exit code. */
  penstock(...argv: string[]): Promise<number>;
  /** Ctrl+C. */
  interrupt(): void;
  /** Lines of a file, none if it is not there. */
  lines(path: string): string[];
  remove(): void;
}

export function cliScene(): CliScene {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-scene-'));
  const interrupts = new Set<() => void>();
  const scene: CliScene = {
    folder,
    out: '',
    err: '',
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    save: (pipeline) => scene.write(`${pipeline.name}.pipeline.json`, JSON.stringify({ pipeline })),
    penstock(...argv) {
      scene.out = '';
      scene.err = '';
      const io: Io = {
        out: (text) => {
          scene.out += text;
        },
        drained: async () => true,
        err: (text) => {
          scene.err += text;
        },
        isInteractive: false,
        ask: async () => undefined,
        environment: { PATH: process.env.PATH, AWS_PROFILE: 'of-the-user' },
        cwd: folder,
        onInterrupt: (listener) => {
          interrupts.add(listener);
          return () => interrupts.delete(listener);
        },
        onTerminate: () => () => undefined,
      };
      return main([...argv, '--data-dir', join(folder, 'data')], io);
    },
    interrupt() {
      for (const listener of interrupts) listener();
    },
    lines: (path) =>
      existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8').trim().split('\n') : [],
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
  scene.write('source/hello.txt', 'hello\n');
  return scene;
}
