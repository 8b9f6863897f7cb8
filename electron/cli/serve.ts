import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Handlers, Publish } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type BrowserHost, startBrowserHost } from '../browserHost.ts';
import { dataDirectory, productFolder, samplesDirectory } from '../dataDirectory.ts';
import { createPageConsent } from '../ipc/pageConsent.ts';
import { staticFiles } from '../ipc/staticFiles.ts';
import { openPreferences } from '../preferences.ts';
import { createServices } from '../services.ts';
import { createSettings } from '../settings.ts';
import { version } from '../version.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { openInBrowser } from './openInBrowser.ts';

export const command: Command = {
  usage: `penstock serve [FILE …] [--port N] [--open] [--data-dir DIR]

Opens Penstock in a browser tab: a host on 127.0.0.1 that only the printed address can use, once. Ctrl+C ends it; runs
that are under way go on and are taken over by the next start.

  --port N   a fixed port instead of any free one
  --open     open the address in Chromium or the default browser
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      {
        port: { type: 'string' },
        open: { type: 'boolean' },
        reason: { type: 'string' },
        'data-dir': { type: 'string' },
      },
      { min: 0, max: 50 },
    );
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError('--port wants a number from 1 to 65535.');
    const renderer = productFolder('out/renderer');
    if (!existsSync(renderer))
      throw new ProblemError({
        code: 'window.not-built',
        where: renderer,
        what: 'The window was never built.',
        fix: 'Run npm run build.',
      });

    let handlers: Handlers | undefined;
    let host: BrowserHost | undefined;
    const publish: Publish = (name, value) => host?.publish(name, value);
    const consent = createPageConsent(publish);
    const directory = dataDirectory(io.environment, values['data-dir']);
    const services = await createServices({
      version,
      dataDirectory: directory,
      assetsDirectory: productFolder('assets'),
      samplesDirectory: samplesDirectory(io.environment),
      ports: {
        kind: 'browser',
        publish,
        pickPath: async ({ purpose, suggested }) => checkPicked(purpose, suggested),
        askConsent: consent.askConsent,
      },
      settings: (onChange, onRecovered) => createSettings({ directory, open: openPreferences, onChange, onRecovered }),
      open: positionals.map((file) => resolve(io.cwd, file)),
      answerConsent: consent.answerConsent,
    });
    let forget = () => {};
    try {
      handlers = services.handlers;
      host = await startBrowserHost({
        files: staticFiles(renderer),
        handlers: () => handlers!,
        port,
        report: (error) => io.err(`${error instanceof Error ? error.stack : String(error)}\n`),
        onPageOpened: () => forget(),
        onPageGone: () => consent.refuseAll(),
      });
      const ended = new Promise<void>((resolve) => {
        io.onInterrupt(resolve);
        io.onTerminate(resolve);
      });
      io.err(`Penstock is open at ${host.url}${values.reason ? ` (in a browser: ${values.reason})` : ''}\n`);
      if (values.open) forget = openInBrowser(host.url, io.environment);
      await ended;
    } finally {
      forget();
      consent.refuseAll();
      await host?.close();
      await services.close();
    }
    return EXIT.succeeded;
  },
};

/** The page's own file dialog chose this; it must be what the purpose wants. */
function checkPicked(purpose: 'open' | 'save' | 'folder' | 'file', path: string): string {
  const found = existsSync(path) ? statSync(path) : undefined;
  const isFine =
    purpose === 'save'
      ? !found?.isDirectory() && existsSync(dirname(path))
      : purpose === 'folder'
        ? found?.isDirectory()
        : found?.isFile();
  if (isFine) return resolve(path);
  throw new ProblemError({
    code: 'path.unfit',
    where: path,
    what:
      purpose === 'folder'
        ? 'There is no such folder.'
        : purpose === 'save'
          ? 'A file cannot be saved there.'
          : 'There is no such file.',
    fix: 'Choose another.',
  });
}
