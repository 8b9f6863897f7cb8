import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { createHistory } from '../history/createHistory.ts';
import type { Io } from './command.ts';
import { command } from './show.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-show-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const id = '3f0a6c1e-0000-4000-8000-000000000001';
const place = { stageName: 'Build', actionName: 'Compile', actionExecutionId: 'a1' };

it('penstock show tells what a build reported, with its failed cases', async () => {
  const history = createHistory({ dataDirectory: folder });
  await history.append(id, [
    {
      type: 'ExecutionStarted',
      pipelineExecutionId: id,
      pipelineName: 'shop',
      pipelineVersion: 1,
      executionMode: 'SUPERSEDED',
      executionType: 'STANDARD',
      trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
      startNumber: 1,
      declaration: pipelineOf({ Source: ['App'], Build: ['Compile'] }),
      variables: {},
      bindings: {},
    },
    { type: 'StageStarted', stageName: 'Build', attempt: 1 },
    {
      type: 'ActionStarted',
      ...place,
      actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
      attempt: 1,
      fidelity: 'real',
      resolvedConfiguration: {},
      inputArtifacts: [],
    },
    {
      type: 'ActionFinished',
      ...place,
      status: 'Failed',
      outputArtifacts: [],
      outputVariables: {},
      reports: [
        {
          name: 'shop-unit',
          type: 'TEST',
          status: 'FAILED',
          format: 'JUNITXML',
          files: 1,
          tests: { total: 2, succeeded: 1, failed: 1, error: 0, skipped: 0, unknown: 0 },
          failedCases: [{ name: 'cart adds', status: 'FAILED', message: 'expected 2\nat line 3' }],
        },
      ],
    },
  ]);
  await history.close();
  const out: string[] = [];
  const io = { out: (text: string) => out.push(text), environment: {} } as unknown as Io;
  expect(await command.run([id, '--data-dir', folder], io)).toBe(0);
  expect(out.join('')).toContain(
    '    report shop-unit: 2 tests, 1 passed, 1 failed\n      FAILED cart adds: expected 2\n',
  );
});
