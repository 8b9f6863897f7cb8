import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replay } from '../../../shared/execution/evolve.ts';
import { actionOf } from '../../../shared/execution/executionState.ts';
import { type PipelineDeclaration, pipelineSchema } from '../../../shared/model/declaration.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import { providers } from '../../../shared/providers/table.ts';
import { outcomeOf } from '../../../shared/testing/histories.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { createEngine } from '../../engine/createEngine.ts';
import type { Engine, History } from '../../parts.ts';
import { createHistory } from '../createHistory.ts';

/**
 * Records journals of real runs for `shared/testing/histories/<version>`, once for each release:
 * `node electron/history/testing/recordHistories.ts v0.1.0`. Journals of earlier versions are never recorded again.
 */
const [version = ''] = process.argv.slice(2);
if (!/^v\d+\.\d+\.\d+$/.test(version)) throw new Error('Which version is this? For example v0.1.0.');
const root = join(import.meta.dirname, '..', '..', '..');
const target = join(root, 'shared', 'testing', 'histories', version);
const scratch = mkdtempSync(join(tmpdir(), 'penstock-'));
const folder = join(scratch, 'shop');
cpSync(join(root, 'assets', 'samples', 'quickstart'), folder, { recursive: true });
const history = createHistory({ dataDirectory: join(scratch, 'data') });
const engine = createEngine({ dataDirectory: join(scratch, 'data'), history, providers, slots: () => 2 });

try {
  mkdirSync(target, { recursive: true });
  await recordQuickstart();
  await recordRetry();
  await recordStop();
} finally {
  await engine.close();
  await history.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** To green, with an approval. */
async function recordQuickstart() {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
  const { bindings } = read('quickstart.penstock.json') as unknown as Sidecar;
  const id = await begin(pipelineSchema.parse(read('quickstart.pipeline.json').pipeline), bindings);
  await until(id, (event) => event.type === 'ApprovalRequested');
  const token = actionOf(replay(await history.events(id)), 'Approve', 'Release')?.approval?.token ?? '';
  await engine.handlers.putApprovalResult({
    pipelineExecutionId: id,
    stageName: 'Approve',
    actionName: 'Release',
    token,
    status: 'Approved',
    summary: 'Looks right',
  });
  await end(id);
  await keep(id, 'approved');
}

/** A failing action beside one that succeeds; mended and retried, then a group after them. */
async function recordRetry() {
  const mended = join(folder, 'mended');
  const id = await begin(
    sketch({ 'Check@1': `test -e "${mended}"`, 'Count@1': 'ls | wc -l', 'Pack@2': 'echo packed' }),
  );
  await end(id);
  writeFileSync(mended, '');
  const retry = { pipelineExecutionId: id, stageName: 'Build', retryMode: 'FAILED_ACTIONS' as const };
  await engine.handlers.retryStageExecution(retry);
  await until(id, (event) => event.type === 'ExecutionFinished' && event.status === 'Succeeded');
  await keep(id, 'retried');
}

/** Stopped and abandoned while two actions run. */
async function recordStop() {
  const id = await begin(sketch({ 'Long@1': 'sleep 30', 'Longer@1': 'sleep 31', 'Never@2': 'true' }));
  let started = 0;
  await until(id, (event) => event.type === 'ActionProcessStarted' && ++started === 2);
  await engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: 'wrong branch' });
  await end(id);
  await keep(id, 'abandoned');
}

function sketch(commands: Record<string, string>): PipelineDeclaration {
  const actions = Object.entries(commands).map(([name, command]) => ({
    name,
    actionTypeId: { category: 'Compute' as const, owner: 'AWS' as const, provider: 'Commands', version: '1' },
    commands: [command],
    configuration: {},
    outputArtifacts: [],
  }));
  return pipelineOf({ Source: ['Repo'], Build: actions });
}

function begin(
  declaration: PipelineDeclaration,
  bindings: Sidecar['bindings'] = { 'Source/Repo': { kind: 'repository', path: './shop.git' } },
): Promise<string> {
  const request: Parameters<Engine['start']>[0] = { declaration, bindings, variables: {}, documentPath: '', folder };
  return engine.start(request).then(({ pipelineExecutionId }) => pipelineExecutionId);
}

async function until(id: string, isIt: (event: Awaited<ReturnType<History['events']>>[number]) => boolean) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = 0;
  const look = async () => {
    const events = await history.events(id);
    for (; seen < events.length; seen += 1) if (isIt(events[seen]!)) resolve();
  };
  const unsubscribe = history.subscribe((other) => {
    if (other === id) void look();
  });
  await look();
  await promise;
  unsubscribe();
}

function end(id: string): Promise<void> {
  return until(id, (event) => event.type === 'ExecutionFinished');
}

async function keep(id: string, name: string) {
  writeFileSync(join(target, `${name}.jsonl`), readFileSync(join(history.folder(id), 'journal.jsonl')));
  const outcome = outcomeOf(replay(await history.events(id)));
  writeFileSync(join(target, `${name}.expected.json`), `${JSON.stringify(outcome, null, 2)}\n`);
  process.stdout.write(`${version}/${name}: ${outcome.status}\n`);
}
