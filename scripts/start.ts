import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { fetchElectron, findElectron } from './electronBinary.ts';
import { root } from './root.ts';

/*
 * `npm start [-- --browser] [-- FILE …]`: builds if anything changed, then opens the desktop app, or the same product in a
 * browser tab where Electron's binary cannot be had. Ctrl+C ends it; runs that are under way go on and are taken over by
 * the next start.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  process.stdout.write(
    'npm start -- [--browser] [--port N] [FILE …]\n  --browser  open in a browser tab, even where Electron is installed\n',
  );
  process.exit(0);
}

build();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const electron = values.browser || !hasDisplay ? undefined : (findElectron() ?? fetchElectron());
const reason = values.browser ? 'asked for' : hasDisplay ? "Electron's binary is not here" : 'no display';

const child = electron
  ? spawn(electron, [root, ...positionals], { stdio: 'inherit' })
  : spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(root, 'out/main/penstock.js'),
        'serve',
        '--reason',
        reason,
        ...(hasDisplay ? ['--open'] : []),
        ...(values.port ? ['--port', values.port] : []),
        ...positionals,
      ],
      { stdio: 'inherit' },
    );
process.on('SIGINT', () => {}); // the terminal sends it to the child too; wait for its clean end
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal === 'SIGINT' ? 0 : (code ?? 1)));
