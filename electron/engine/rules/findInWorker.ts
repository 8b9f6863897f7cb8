import { Worker } from 'node:worker_threads';
import { ActionFailure } from '../../../shared/providers/host.ts';

/** A pattern that backtracks without end is given up after this long. */
const LIMIT_MS = 2000;

/** Plain text, because it is run as it stands in every build of the program. */
const SCRIPT = `
const { parentPort, workerData: { source, flags, text } } = require('node:worker_threads');
parentPort.postMessage(new RegExp(source, flags).test(text));
`;

/**
 * Whether a regular expression finds something in a text, in a thread of its own: one that a pipeline brings may take time that
 * doubles with every character, and nothing else may wait for it.
 * @throws ActionFailure ConfigurationError when it takes too long.
 */
export function findInWorker(
  expression: { source: string; flags: string },
  text: string,
  limitMs = LIMIT_MS,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(SCRIPT, {
      eval: true,
      workerData: { ...expression, text },
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    });
    const timer = setTimeout(() => {
      reject(
        new ActionFailure(
          'ConfigurationError',
          `The pattern took more than ${limitMs / 1000} seconds to compare, and was given up.`,
          'Simplify the pattern: repetitions inside repetitions take time without end.',
        ),
      );
      void worker.terminate();
    }, limitMs);
    worker.once('message', (isFound: boolean) => {
      clearTimeout(timer);
      resolve(isFound);
      void worker.terminate();
    });
    worker.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
