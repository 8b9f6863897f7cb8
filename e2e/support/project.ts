import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * What a person would have on their disk: a git repository with a buildspec, and a pipeline file that builds it. Made new by
 * each spec, so that nothing but the product stands between the repository and what is deployed.
 */

export interface Repository {
  readonly path: string;
  /** Writes files and commits them. Answers the commit's id. */
  commit(message: string, files: Record<string, string>): string;
}

/** A git repository with one commit, made with the git of this machine and nobody's configuration. */
export function makeRepository(path: string, files: Record<string, string>): Repository {
  mkdirSync(path, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: path,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Specs',
        GIT_AUTHOR_EMAIL: 'specs@example.com',
        GIT_COMMITTER_NAME: 'Specs',
        GIT_COMMITTER_EMAIL: 'specs@example.com',
      },
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  const commit = (message: string, changed: Record<string, string>): string => {
    for (const [name, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  commit('Begin the shop', files);
  return { path, commit };
}

interface Action {
  name: string;
  actionTypeId: { category: string; owner: string; provider: string; version: string };
  [member: string]: unknown;
}

const action = (category: string, provider: string, name: string, rest: Record<string, unknown>): Action => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  runOrder: 1,
  ...rest,
});

export const sourceAction = (name = 'Checkout'): Action =>
  action('Source', 'CodeStarSourceConnection', name, {
    configuration: {
      ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555',
      FullRepositoryId: 'example/shop',
      BranchName: 'main',
      OutputArtifactFormat: 'CODE_ZIP',
    },
    outputArtifacts: [{ name: 'Source' }],
    namespace: 'SourceVariables',
  });

export const buildAction = (name = 'Package', rest: Record<string, unknown> = {}): Action =>
  action('Build', 'CodeBuild', name, {
    configuration: { ProjectName: 'shop' },
    inputArtifacts: [{ name: 'Source' }],
    outputArtifacts: [{ name: 'Site' }],
    ...rest,
  });

export const commandsAction = (name: string, commands: string[], rest: Record<string, unknown> = {}): Action =>
  action('Compute', 'Commands', name, { configuration: {}, inputArtifacts: [{ name: 'Source' }], commands, ...rest });

export const approvalAction = (name = 'Release', customData = 'Look at the site, then let it go.'): Action =>
  action('Approval', 'Manual', name, { configuration: { CustomData: customData } });

export const deployAction = (name = 'Publish'): Action =>
  action('Deploy', 'S3', name, {
    configuration: { BucketName: 'shop-site-111122223333', Extract: 'true' },
    inputArtifacts: [{ name: 'Site' }],
  });

/** The text of a pipeline file, as `aws codepipeline get-pipeline` writes it. */
export const pipelineText = (name: string, stages: [name: string, actions: Action[]][]): string =>
  `${JSON.stringify(
    {
      pipeline: {
        name,
        roleArn: 'arn:aws:iam::111122223333:role/shop-pipeline',
        artifactStore: { type: 'S3', location: 'shop-artifacts-111122223333' },
        stages: stages.map(([stage, actions]) => ({ name: stage, actions })),
        version: 1,
        executionMode: 'SUPERSEDED',
        pipelineType: 'V2',
      },
    },
    null,
    2,
  )}\n`;

/** Writes a pipeline file, and its sidecar when bindings are given (paths relative to it or absolute). Answers its path. */
export function writePipeline(
  folder: string,
  name: string,
  stages: [name: string, actions: Action[]][],
  bindings?: Record<string, unknown>,
): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.pipeline.json`);
  writeFileSync(path, pipelineText(name, stages));
  if (bindings)
    writeFileSync(
      join(folder, `${name}.penstock.json`),
      `${JSON.stringify({ penstock: 1, bindings, notes: {} }, null, 2)}\n`,
    );
  return path;
}

export const readText = (path: string): string => readFileSync(path, 'utf8');

/** A command that prints, then waits until this file exists; the sleep is the command's own, no spec waits by the clock. */
export const waitForFile = (file: string): string => `while [ ! -e '${file}' ]; do sleep 0.1; done`;
