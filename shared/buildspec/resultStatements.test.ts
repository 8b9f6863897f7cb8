import { describe, expect, it, test } from 'vitest';
import type { BuildRequest } from '../providers/host.ts';
import { coverageFormats, testFormats } from '../reports/report.ts';
import { parseBuildspec } from './parseBuildspec.ts';
import { planBuild } from './planBuild.ts';

/** reference/buildspec.md, statement by statement: §9 reports, §10 cache. */

const text = (rest: string) => `version: 0.2\nphases: { build: { commands: [make] } }\n${rest}\n`;
const parse = (rest: string) => parseBuildspec(text(rest), 'buildspec.yml');
const faultsOf = (rest: string) =>
  parse(rest).problems.map(({ severity, field, code }) => `${severity} ${field ?? ''} ${code}`.replace(/ +/g, ' '));
const reportsOf = (rest: string) => parse(rest).buildspec?.reports;
const cacheOf = (rest: string) => parse(rest).buildspec?.cache;
const request: BuildRequest = { kind: 'buildspec', projectName: 'shop', primarySource: 'S', environment: [] };
const planOf = (rest: string) => {
  const { buildspec } = parse(rest);
  return planBuild({ request, ...(buildspec ? { buildspec } : {}), given: new Map(), outputArtifacts: [] });
};

describe('§9 reports', () => {
  it('are groups by name, with JUNITXML where no format is said', () => {
    expect(
      reportsOf('reports:\n  unit:\n    files: ["**/*.xml"]\n    base-directory: out\n  arn:aws:x: { files: a.xml }'),
    ).toEqual([
      { name: 'unit', format: 'JUNITXML', files: ['**/*.xml'], baseDirectory: 'out' },
      { name: 'arn:aws:x', format: 'JUNITXML', files: ['a.xml'], baseDirectory: '' },
    ]);
    expect(faultsOf('reports: { unit: { files: [a], discard-paths: yes } }')).toEqual([]);
  });

  test.each([...testFormats, ...coverageFormats])('file-format %s is read in any case', (format) => {
    expect(reportsOf(`reports: { r: { files: [a], file-format: ${format.toLowerCase()} } }`)?.[0]?.format).toBe(format);
  });

  it('files are required: a report without them is left out, and the build goes on', () => {
    expect(faultsOf('reports: { a: { file-format: JUNITXML }, b: { files: [x] } }')).toEqual([
      'warning reports.a.files buildspec.ignored',
    ]);
    expect(reportsOf('reports: { a: { file-format: JUNITXML }, b: { files: [x] } }')).toHaveLength(1);
  });

  it('an unknown format is left out, and one that CodeBuild does not know is told', () => {
    expect(faultsOf('reports: { a: { files: [x], file-format: TAP } }')).toEqual([
      'warning reports.a.file-format buildspec.file-format',
    ]);
    expect(reportsOf('reports: { a: { files: [x], file-format: TAP } }')).toBeUndefined();
    expect(faultsOf('reports: { a: { files: [x], file-format: LCOV } }')).toEqual([
      'warning reports.a.file-format buildspec.file-format',
    ]);
  });

  it('are at most 5 for a project', () => {
    const groups = (count: number) =>
      `reports:\n${Array.from({ length: count }, (_, at) => `  r${at}: { files: [x] }`).join('\n')}`;
    expect(faultsOf(groups(5))).toEqual([]);
    expect(faultsOf(groups(6))).toEqual(['warning reports buildspec.too-many']);
    expect(reportsOf(groups(60))).toHaveLength(20);
  });

  it('may use variables in names, folders and files', () => {
    expect(planOf('reports: { "$NAME-x": { files: ["$DIR/a"], base-directory: $BASE } }').artifactVariables).toEqual([
      'NAME',
      'BASE',
      'DIR',
    ]);
  });

  it('unknown keys are warned of', () => {
    expect(faultsOf('reports: { a: { files: [x], format: y } }')).toEqual([
      'warning reports.a.format buildspec.unknown-key',
    ]);
  });
});

describe('§10 cache', () => {
  it('has paths, and without a key one cache for the project', () => {
    expect(cacheOf('cache: { paths: ["node_modules/**/*", /root/.m2] }')).toEqual({
      paths: ['node_modules/**/*', '/root/.m2'],
      fallbackKeys: [],
      restores: true,
      saves: true,
    });
  });

  it('has a key and up to 5 fallback-keys', () => {
    const rest =
      'cache: { paths: [x], key: "npm-$(codebuild-hash-files package-lock.json)", fallback-keys: [a, b, c, d, e, f] }';
    expect(cacheOf(rest)).toMatchObject({
      key: 'npm-$(codebuild-hash-files package-lock.json)',
      fallbackKeys: ['a', 'b', 'c', 'd', 'e'],
    });
    expect(faultsOf(rest)).toEqual(['warning cache.fallback-keys buildspec.ignored']);
  });

  it('fallback-keys without a key are ignored', () => {
    expect(cacheOf('cache: { paths: [x], fallback-keys: [a] }')?.fallbackKeys).toEqual([]);
    expect(faultsOf('cache: { paths: [x], fallback-keys: [a] }')).toEqual([
      'warning cache.fallback-keys buildspec.ignored',
    ]);
  });

  test.each([
    { action: '', restores: true, saves: true, faults: 0 },
    { action: 'restore', restores: true, saves: false, faults: 0 },
    { action: 'SAVE', restores: false, saves: true, faults: 0 },
    { action: 'sometimes', restores: true, saves: true, faults: 1 },
  ])('action "$action" restores: $restores, saves: $saves', ({ action, restores, saves, faults }) => {
    const rest = `cache: { paths: [x], action: "${action}" }`;
    expect(cacheOf(rest)).toMatchObject({ restores, saves });
    expect(faultsOf(rest)).toHaveLength(faults);
  });

  it('paths are required: without them there is no cache, and the build goes on', () => {
    expect(faultsOf('cache: { key: x }')).toEqual(['warning cache.paths buildspec.ignored']);
    expect(cacheOf('cache: { key: x }')).toBeUndefined();
    expect(cacheOf('cache:')).toBeUndefined();
  });

  it('unknown keys are warned of', () => {
    expect(faultsOf('cache: { paths: [x], type: S3 }')).toEqual(['warning cache.type buildspec.unknown-key']);
  });
});

it('§8 enable-symlinks is told to have no effect on a local artifact', () => {
  const { buildspec } = parse('artifacts: { files: [x], enable-symlinks: yes }');
  const plan = planBuild({ request, ...(buildspec ? { buildspec } : {}), given: new Map(), outputArtifacts: ['Out'] });
  expect(plan.notes).toEqual([
    'enable-symlinks has no effect on "Out": a local artifact holds what a link points at, not the link.',
  ]);
});

test.each([
  ['name:key:AWSCURRENT:', 0],
  ['name:key::v1', 0],
  ['name:key:AWSCURRENT:v1', 1],
  ['arn:aws:secretsmanager:eu-west-1:1:secret:n:key:AWSCURRENT', 0],
  ['arn:aws:secretsmanager:eu-west-1:1:secret:n:key:AWSCURRENT:v1', 1],
])('§3 version-stage and version-id of a secret exclude each other: %s', (reference, faults) => {
  expect(faultsOf(`env: { secrets-manager: { A: "${reference}" } }`)).toEqual(
    Array(faults).fill('warning env.secrets-manager.A buildspec.secret-version'),
  );
});
