import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ActionFailure } from '../../../shared/providers/host.ts';
import type { ReportRecord } from '../../../shared/reports/report.ts';
import { createArtifactStore } from '../artifacts/artifactStore.ts';
import { runBuild } from './runBuild.ts';

/** reference/buildspec.md §9 reports and §4 what follows a failed phase, with real shells. */

let root = '';
let source = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-reports-'));
  source = join(root, 'work', 'src');
  mkdirSync(source, { recursive: true });
  mkdirSync(join(root, 'attempt'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function build(buildspec: string, { secret = '', outputs = [] as string[] } = {}) {
  const log: string[] = [];
  let reports: readonly ReportRecord[] | undefined;
  const result = await runBuild({
    request: { kind: 'buildspec', projectName: 'shop', primarySource: 'Source', environment: [], buildspec },
    outputArtifacts: outputs,
    inputs: new Map([['Source', source]]),
    workspace: join(root, 'work'),
    folder: join(root, 'attempt'),
    identity: {
      pipelineName: 'p',
      actionExecutionId: 'a1',
      startedAt: 0,
      region: 'eu-west-1',
      account: '123456789012',
    },
    userEnvironment: {},
    spawn: async (script, environment, cwd, shell) => {
      const around = `penstock_exit() { exit "$?"; }\n${script}\n`;
      const { status } = spawnSync(shell, ['-c', around], { cwd, env: { PATH: process.env.PATH, ...environment } });
      return { exitCode: status ?? 137 };
    },
    store: createArtifactStore(join(root, 'store')),
    log: (line) => log.push(line),
    onSecrets: () => undefined,
    onReports: (found) => {
      reports = found;
    },
    mask: (text) => (secret ? text.replaceAll(secret, '***') : text),
  }).catch((error: ActionFailure) => error);
  return { log, reports, failure: result instanceof Error ? result : undefined };
}

const junit = (failed = false) =>
  `<testsuite name="s"><testcase name="ok"/>${failed ? '<testcase name="bad"><failure message="m"/></testcase>' : ''}</testsuite>`;
const spec = (phases: string, rest = 'reports: { unit: { files: ["r/*.xml"] } }') =>
  `version: 0.2\nphases:\n${phases}\n${rest}\n`;
const write = (failed: boolean) => `mkdir -p r && printf '%s' '${junit(failed)}' >r/a.xml`;
const buildPhase = (...commands: string[]) =>
  `  build:\n    commands:\n${commands.map((command) => `      - ${JSON.stringify(command)}\n`).join('')}`;

describe('§9 reports of a build', () => {
  it('are read after the phases, named after the project, and told in the log', async () => {
    const { reports, log, failure } = await build(spec(buildPhase(write(false))));
    expect(failure).toBeUndefined();
    expect(reports).toEqual([
      {
        name: 'shop-unit',
        type: 'TEST',
        format: 'JUNITXML',
        status: 'SUCCEEDED',
        files: 1,
        tests: { total: 1, succeeded: 1, failed: 0, error: 0, skipped: 0, unknown: 0 },
      },
    ]);
    expect(log).toContain('Report shop-unit: 1 test, 1 passed.');
  });

  it('do not fail a build by a failing test case', async () => {
    const { reports, log, failure } = await build(spec(buildPhase(write(true))));
    expect(failure).toBeUndefined();
    expect(reports?.[0]?.status).toBe('FAILED');
    expect(log).toContain('  FAILED s bad: m');
  });

  it('are read of a failed build too', async () => {
    const { reports, failure } = await build(spec(buildPhase(write(true), 'exit 4')));
    expect(failure?.message).toContain('exit status 4');
    expect(reports?.[0]?.tests).toMatchObject({ total: 2, failed: 1 });
  });

  it('may have variables in names and paths, an ARN as name, and a base directory', async () => {
    const { reports } = await build(
      spec(
        buildPhase(write(false), 'export KIND=fast DIR=r'),
        'reports:\n  "$KIND": { files: ["*.xml"], base-directory: $DIR }\n  arn:aws:codebuild:eu-west-1:123456789012:report-group/all: { files: ["r/a.xml"] }',
      ),
    );
    expect(reports?.map(({ name, files }) => [name, files])).toEqual([
      ['shop-fast', 1],
      ['all', 1],
    ]);
  });

  it('say what is missing or broken, and never fail the build', async () => {
    writeFileSync(join(source, 'broken.xml'), '<testsuite><testcase>');
    const { reports, log, failure } = await build(
      spec(
        buildPhase(write(false)),
        'reports:\n  none: { files: ["none/*.xml"] }\n  nodir: { files: ["*"], base-directory: nowhere }\n  broken: { files: [broken.xml, r/a.xml] }\n  odd: { files: [x], file-format: WORD }\n  out: { files: ["../*"] }',
      ),
    );
    expect(failure).toBeUndefined();
    expect(reports?.map(({ name, status }) => [name, status])).toEqual([
      ['shop-none', 'INCOMPLETE'],
      ['shop-nodir', 'INCOMPLETE'],
      ['shop-broken', 'SUCCEEDED'],
      ['shop-out', 'INCOMPLETE'],
    ]);
    const text = log.join('\n');
    expect(text).toContain('Report shop-none: the pattern "none/*.xml" matched no file.');
    expect(text).toContain('no matching base directory path found for "nowhere"');
    expect(text).toContain('"broken.xml" is left out: line 1: <testcase> is not closed');
    expect(text).toContain('file-format "WORD" is not known');
    expect(text).toContain('leaves its base directory');
  });

  it('leave out a file of more than 32 MB', async () => {
    writeFileSync(join(source, 'huge.xml'), '');
    truncateSync(join(source, 'huge.xml'), 33 * 1024 * 1024);
    const { log } = await build(spec(buildPhase('true'), 'reports: { huge: { files: [huge.xml] } }'));
    expect(log.join('\n')).toContain('"huge.xml" is left out: it is larger than 32 MB');
  });

  it('keep no secret', async () => {
    const { reports, log } = await build(
      spec(
        buildPhase(
          `mkdir r && printf '<testsuite><testcase name="hunter22"><failure message="hunter22"/></testcase></testsuite>' >r/a.xml`,
        ),
      ),
      { secret: 'hunter22' },
    );
    expect(reports?.[0]?.failedCases).toEqual([{ name: '***', status: 'FAILED', message: '***' }]);
    // The line of the command itself is masked with the output of the build.
    expect(log.filter((line) => line.startsWith('  ')).join()).not.toContain('hunter22');
  });
});

describe('§4 what follows a failed phase', () => {
  const outputs = ['Out'];
  const artifacts = 'artifacts: { files: [out.txt] }\nreports: { unit: { files: ["r/*.xml"] } }';
  test.each([
    ['install', '', false],
    ['pre_build', '', false],
    ['pre_build', 'CONTINUE', true],
    ['build', '', true],
    ['build', 'ABORT', false],
    ['post_build', '', true],
    ['post_build', 'ABORT', false],
  ])('a failed %s (on-failure: "%s") leads to UPLOAD_ARTIFACTS: %s', async (failing, onFailure, uploads) => {
    writeFileSync(join(source, 'out.txt'), '');
    const phases = ['install', 'pre_build', 'build', 'post_build'].map((name) =>
      name === failing
        ? `  ${name}: { commands: ["false"]${onFailure ? `, on-failure: ${onFailure}` : ''} }`
        : `  ${name}: { commands: ["true"] }`,
    );
    const { log, reports, failure } = await build(spec(phases.join('\n'), artifacts), { outputs });
    expect(failure?.message).toContain('Build terminated with state: FAILED');
    expect(reports !== undefined).toBe(uploads);
    expect(log.some((line) => line.includes('1 file matches; the pipeline does not take it'))).toBe(uploads);
  });

  it('an upload that would fail as well is told, and the build fails for its own reason', async () => {
    const { log, failure } = await build(spec(buildPhase('exit 3'), artifacts), { outputs });
    expect(failure?.message).toContain('exit status 3');
    expect(log.join('\n')).toContain('Output artifact "Out": no matching artifact paths found');
  });
});
