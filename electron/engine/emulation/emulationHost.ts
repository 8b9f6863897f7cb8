import { createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { BindingKind } from '../../../shared/model/sidecar.ts';
import { ActionFailure, type EmulationHost } from '../../../shared/providers/host.ts';
import type { StartOther } from '../../parts.ts';
import type { Attempt } from '../actionRunner.ts';
import { deployFiles } from '../artifacts/deploy.ts';
import { openKeptZip } from '../artifacts/openKeptZip.ts';
import { createKeptRecords } from './keptRecords.ts';
import { runScript, type ScriptOptions } from './runScript.ts';

/** The powers of emulated actions (shared/providers/host.ts) on this machine. Loaded by the first that asks for them. */
export interface EmulationHostOptions extends Omit<ScriptOptions, 'request'> {
  dataDirectory: string;
  attempt: Attempt;
  /** Path of the action's binding; fails when it is of none of these kinds. */
  boundPath: (kinds: readonly BindingKind[]) => string;
  /** 'Stage/Action' */
  where: string;
  startOther: StartOther | undefined;
  executionEnded: EmulationHost['executionEnded'];
}

/** Where nothing says a Region, as in AWS's own samples. */
const DEFAULT_REGION = 'us-east-1';

export function createEmulationHost(options: EmulationHostOptions): EmulationHost {
  const { dataDirectory, attempt, take, log, boundPath, startOther, where } = options;
  const { action, actionExecutionId, execution } = attempt;
  const { artifactStore, artifactStores = {}, roleArn } = execution.declaration;
  const region = action.region ?? Object.keys(artifactStores)[0] ?? DEFAULT_REGION;
  const { pipelineExecutionId, documentPath } = execution;
  const records = createKeptRecords(dataDirectory, log.line);
  return {
    account: /^arn:[^:]*:iam::(\d{12}):/.exec(action.roleArn ?? roleArn)?.[1] ?? '000000000000',
    region,
    locationOf: ({ name, digest }) => ({
      bucketName: (artifactStores[region] ?? artifactStore)?.location ?? 'artifacts',
      // reference/execution-semantics.md §11: pipeline, artifact and a random part, the first two cut short
      objectKey: `${execution.pipelineName.slice(0, 20)}/${name.slice(0, 10)}/${digest.slice(0, 7)}`,
    }),
    async listFiles(artifact) {
      const zip = await openKeptZip(await take(artifact));
      try {
        return zip.entries.filter(({ directory }) => !directory).map(({ path, size }) => ({ path, size }));
      } finally {
        zip.close();
      }
    },
    async keep(service, name, change) {
      records.keep(actionExecutionId, service, name, change);
    },
    kept: async (service, name) => records.kept(service, name),
    readBound: (limit) => readText(boundPath(['file']), limit),
    async existing(paths) {
      const root = boundPath(['folder']);
      return paths.filter((path) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined);
    },
    installFiles: async (artifact, files) =>
      deployFiles(await take(artifact), boundPath(['folder']), { pathOf: (path) => files.get(path) }),
    runScript: (request) => runScript({ ...options, request }),
    executionEnded: options.executionEnded,
    startPipeline:
      startOther &&
      ((start) => startOther(start, { token: actionExecutionId, where, pipelineExecutionId, documentPath })),
  };
}

async function readText(path: string, limit: number): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of createReadStream(path, { end: limit })) {
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
    }
  } catch (error) {
    throw new ActionFailure(
      'RevisionUnavailable',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Change the binding of the action to a file that exists.',
      { cause: error },
    );
  }
  if (size <= limit) return Buffer.concat(pieces).toString('utf8');
  throw new ActionFailure(
    'RevisionUnavailable',
    `${path} is longer than ${limit} bytes.`,
    'Bind the file that describes the image.',
  );
}
