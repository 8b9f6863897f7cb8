import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import type { ActionDeclaration, PipelineDeclaration } from '../../shared/model/declaration.ts';
import { emptySidecar, type Sidecar } from '../../shared/model/sidecar.ts';
import { createPushTargets } from '../aws/pushTargets.ts';
import { openRunKeys } from '../endpoint/runKeys.ts';
import { createKeptRecords } from '../engine/emulation/keptRecords.ts';
import { createRollbackNotes } from '../engine/pipelines/rollbackNotes.ts';
import { readNote } from '../engine/process/shellNote.ts';
import { approve, pipelineOf, rule, run, withConditions } from '../engine/testing/engineFixture.ts';
import type { Services } from '../parts.ts';

/**
 * A run that leaves one of everything that Penstock keeps below its data directory, under a host that goes away in the middle.
 * What its commands did stands in `<root>/evidence`, one line for each process.
 */
export const evidenceIn = (root: string): string[] =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('src0'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const PATIENCE = { timeout: 20_000, interval: 10 };

/** @param open Makes a host on the data directory; it agrees to every project. */
export async function leaveFullRun(root: string, data: string, open: () => Promise<Services>): Promise<void> {
  mkdirSync(join(root, 'source'), { recursive: true });
  writeFileSync(join(root, 'source', 'hello.txt'), 'hello\n');
  writeFileSync(join(root, 'function.mjs'), handlerText(root));
  const services = await open();
  const { handlers, history } = services;
  await handlers.setAlarmState({ alarmName: 'errors', state: 'OK' });
  await handlers.updateSettings({ theme: 'dark' });
  await handlers.updateSettings({ theme: 'light' });
  await handlers.disableStageTransition({ pipelineName: 'shop', stageName: 'Deploy', reason: 'freeze' });
  const ids = new Map<string, string>();
  for (const pipeline of [made(), broken, paused, shop(root), asks, gated]) {
    const { documentId, text } = await openFile(root, services, pipeline);
    const started = await handlers.startPipelineExecution({ documentId, text, sidecar, variables: {} });
    ids.set(pipeline.name, started.pipelineExecutionId);
    if (pipeline === asks) await rememberEdits(services, documentId, text);
  }
  const seen = async (name: string, fits: (event: ExecutionEvent) => boolean) => {
    const events = () => history.events(ids.get(name) ?? '');
    await vi.waitFor(async () => {
      if (!(await events()).some(fits)) throw new Error(`${name} is not so far: ${JSON.stringify(await events())}`);
    }, PATIENCE);
  };
  for (const name of ['made', 'broken']) await seen(name, ({ type }) => type === 'ExecutionFinished');
  await seen('shop', ({ type }) => type === 'ActionProcessStarted');
  await seen('asks', ({ type }) => type === 'ApprovalRequested');
  await seen('paused', ({ type }) => type === 'ActionPaused');
  const place = { pipelineExecutionId: ids.get('paused') ?? '', stageName: 'Look', actionName: 'Say' };
  await handlers.inspectPaused(place);
  await vi.waitFor(() => {
    const marks = evidenceIn(root).map((line) => line.split(' ')[0]);
    if (!marks.includes('ship') || !marks.includes('rule')) throw new Error(`only ${marks.join(', ')} so far`);
  }, PATIENCE);
  await createPushTargets(data).set(join(root, 'shop.pipeline.json'), { account: '111122223333', region: 'us-east-1' });
  createKeptRecords(data, () => undefined).keep('attempt', 'cloudformation', 'shop', () => ({ resources: 1 }));
  openRunKeys(data, { create: true }).keepPort(4711);
  await createRollbackNotes(data).write({
    pipelineExecutionId: 'r-1',
    failedExecutionId: 'gone-1',
    targetPipelineExecutionId: 'gone-2',
    stageName: 'Deploy',
  });
  await services.close();
  // What it left running comes to its end while no host is there.
  writeFileSync(join(root, 'go'), '');
  const shells = filesBelow(join(data, 'executions')).filter((path) => path.endsWith('/shell'));
  await vi.waitFor(() => {
    for (const shell of shells)
      if (readNote(join(shell, '..'))?.exitCode === undefined) throw new Error(`${shell} still runs`);
  }, PATIENCE);
}

async function openFile(root: string, services: Services, pipeline: PipelineDeclaration) {
  const path = join(root, `${pipeline.name}.pipeline.json`);
  writeFileSync(path, JSON.stringify({ pipeline }));
  await services.documents.grant(path);
  return services.handlers.openDocument({ path });
}

async function rememberEdits({ handlers }: Services, documentId: string, text: string): Promise<void> {
  const none = { selection: '', undo: [], redo: [], sidecar: emptySidecar(), savedSidecar: emptySidecar() };
  const edits = { path: '', name: 'asks', format: 'json' as const, text: `${text}\n`, savedText: text, ...none };
  await handlers.rememberEdits({
    windowId: 'window-1',
    tabs: [documentId],
    activeId: documentId,
    records: [{ documentId, record: { edits } }],
    forget: [],
  });
}

export const sidecar: Sidecar = {
  ...emptySidecar(),
  breakpoints: { 'Look/Say': 'before' },
  bindings: {
    'Source/Files': { kind: 'folder', path: './source' },
    'Make/Build': {
      kind: 'project',
      buildspec: [
        'version: 0.2',
        'phases:',
        '  build:',
        '    commands: [mkdir -p deps, echo 1 >deps/one]',
        'cache:',
        '  paths: [deps/**/*]',
      ].join('\n'),
    },
    'Make/Call': { kind: 'handler', path: './function.mjs' },
    'Deploy/beforeEntry/LambdaInvoke': { kind: 'handler', path: './function.mjs' },
  },
};

/** As a rule's function it leaves its mark and waits for `go`; as an action's it reports at once, without an SDK. */
const handlerText = (root: string) => `import { appendFileSync, existsSync } from 'node:fs';
export async function handler(event) {
  const { id, data } = event['CodePipeline.job'];
  if (data.actionConfiguration.configuration.FunctionName === 'fails') throw new Error('No.');
  appendFileSync('${root}/evidence', 'rule ' + id + '\\n');
  while (!existsSync('${root}/go')) await new Promise((resolve) => setTimeout(resolve, 10));
}
`;

const leave = (root: string, mark: string) => `echo "${mark} $PENSTOCK_COOKIE" >>${root}/evidence`;

/** Its first stage has run under a host that then went away; the second waits behind a disabled transition. */
const shop = (root: string) =>
  withConditions(
    pipelineOf({
      Build: [run('Ship', [leave(root, 'ship'), `while [ ! -e ${root}/go ]; do sleep 0.01; done`])],
      Deploy: [run('Next', leave(root, 'next'))],
    }),
    'Deploy',
    { onSuccess: { conditions: [{ result: 'FAIL', rules: [rule('CloudWatchAlarm', { AlarmName: 'errors' })] }] } },
  );

const asks = pipelineOf({ Ask: [approve('Ok')] }, { name: 'asks' });
const broken = pipelineOf({ Try: [run('Fail', 'exit 1')] }, { name: 'broken' });
const paused = pipelineOf({ Look: [run('Say', 'true')] }, { name: 'paused' });
/** Its rule's function was called under the host that went away. */
const gated = withConditions(pipelineOf({ Deploy: [approve('Ok')] }, { name: 'gated' }), 'Deploy', {
  beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule('LambdaInvoke', { FunctionName: 'may-deploy' })] }] },
});

const onSource = (name: string, type: Partial<ActionDeclaration['actionTypeId']>, configuration: object) =>
  ({
    name,
    actionTypeId: { category: 'Build', owner: 'AWS', provider: '', version: '1', ...type },
    configuration,
    inputArtifacts: [{ name: 'SourceOutput' }],
  }) as ActionDeclaration;
const made = () =>
  pipelineOf(
    {
      Make: [
        onSource('Build', { provider: 'CodeBuild' }, { ProjectName: 'shop' }),
        { ...onSource('Call', { category: 'Invoke', provider: 'Lambda' }, { FunctionName: 'fails' }), runOrder: 2 },
      ],
    },
    { name: 'made' },
  );
