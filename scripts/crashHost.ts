import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointFixture } from '../electron/endpoint/testing/endpointFixture.ts';
import { replay } from '../shared/execution/evolve.ts';
import type { ExecutionState } from '../shared/execution/executionState.ts';
import { scenarios } from './crashScenarios.ts';

/*
 * The host that crash trials kill: `node crashHost.ts ROOT start|resume SCENARIO`. It brings a scenario about below ROOT, or
 * takes over what a killed one left, and ends when nothing is left to do. Every event that the history tells of, and so has on
 * disk, is noted in ROOT/acknowledged; every command notes itself in ROOT/evidence.
 */
const [root = '', phase, name = ''] = process.argv.slice(2);
const scenario = scenarios[name];
if (!scenario) throw new Error(`There is no scenario ${name}.`);
/** After this time somebody tries again what was refused or not offered yet. */
const AGAIN_MS = 20;

const host = endpointFixture({ root, engine: { retryMs: AGAIN_MS, onProblem: () => undefined } });
const states = new Map<string, ExecutionState>();
let wake: () => void = () => undefined;
host.history.subscribe((id, events) => {
  appendFileSync(join(root, 'acknowledged'), events.map(({ seq, type }) => `${id} ${seq} ${type}\n`).join(''));
  wake();
});
const sorted = async () => {
  const { executions } = await host.history.handlers.listPipelineExecutions({ limit: 100 });
  for (const { pipelineExecutionId: id } of executions) states.set(id, replay(await host.history.events(id)));
  return [...states.values()].sort((a, b) => a.startNumber - b.startNumber);
};
const note = (line: string) => appendFileSync(join(root, 'evidence'), `${line}\n`);

if (phase === 'start') writeFileSync(join(root, 'ready'), '');
else await host.engine.resume();
for (;;) {
  const happened = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const known = await sorted();
  if (known.length > 0 && scenario.isOver(known)) break;
  const done = scenario.next({ root, host, states: known, note });
  // Refused, because something else was faster or because it is too early: the facts will say.
  const isRefused = await done?.then(
    () => false,
    () => true,
  );
  if (isRefused) await Promise.race([happened, new Promise((resolve) => setTimeout(resolve, AGAIN_MS))]);
  else if (!done) await happened;
}
await host.engine.idle();
await host.close();
