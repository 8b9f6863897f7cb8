#!/usr/bin/env node
// The CLI's first step: a fitting Node, and a build where the project was never built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fittingNode, launch } from '../scripts/launch.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'out/main/penstock.js'))) {
  const { status } = spawnSync(fittingNode(), [join(root, 'scripts/build.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
await launch('out/main/penstock.js', process.argv.slice(2));
