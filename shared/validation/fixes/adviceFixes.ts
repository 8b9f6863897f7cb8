import type { ActionDeclaration } from '../../model/declaration.ts';
import { type Faulty, type Fixer, type QuickFix, remove, set } from './quickFix.ts';
import { toV2 } from './stageFixes.ts';

/** What advice offers to do at once. */
export const adviceFixers: Readonly<Record<string, Fixer>> = {
  'advice.v1': () => [toV2],
  'advice.polling': ({ action, path }) => {
    const owner = action?.action.configuration;
    const say = (value: string): QuickFix =>
      owner
        ? set('set-polling', `Set PollForSourceChanges of ${action.action.name} to ${value}`, path, value)
        : set('set-polling', `Set PollForSourceChanges to ${value}`, path.slice(0, -1), {
            PollForSourceChanges: value,
          });
    return [say('false'), { ...say('true'), kind: 'keep-polling' }];
  },
  'advice.legacy': (faulty) => [withConnection(faulty)],
  'advice.masked-secret': (faulty) => [withConnection(faulty)],
  'advice.unused-output': ({ action, path, value }) =>
    action?.isSource ? [] : [remove('remove-output', `Remove output ${String(value)}`, path.slice(0, -1))],
  'advice.unused-namespace': ({ path, value }) => [
    remove('remove-namespace', `Remove the namespace ${String(value)}`, path),
  ],
  'advice.unused-variable': ({ pipeline, path, value }) => {
    const isLast = pipeline.variables?.length === 1;
    return [
      remove('remove-variable', `Remove the variable ${String(value)}`, isLast ? ['variables'] : path.slice(0, -1)),
    ];
  },
  'advice.pattern-slash': ({ path, value }) => {
    const pattern = String(value).replace(/^\/+/, '') || '**';
    return [set('drop-slash', `Change the pattern to ${pattern.slice(0, 60)}`, path, pattern)];
  },
  'advice.one-minute': ({ path, value }) => {
    const cron = String(value).replace(/^(\s*\S+\s+)\d+(?=\s)/, '$1*');
    return [set('whole-hour', `Open the window for the whole hour (${cron})`, path, cron)];
  },
};

/** A source of GitHub version 1 as one with a connection. The connection itself is made in the console: its ARN is to be filled in. */
function withConnection({ pipeline, action: at }: Faulty): QuickFix | undefined {
  const { category, provider } = at?.action.actionTypeId ?? {};
  if (!at || category !== 'Source' || provider !== 'GitHub') return undefined;
  const { Owner, Repo, Branch, PollForSourceChanges } = at.action.configuration ?? {};
  if (!Owner || !Repo || !Branch) return undefined;
  const account = /:iam::(\d{12}):/.exec(pipeline.roleArn)?.[1] ?? '000000000000';
  const region = at.action.region ?? Object.keys(pipeline.artifactStores ?? {})[0] ?? 'us-east-1';
  const configuration: NonNullable<ActionDeclaration['configuration']> = {
    ConnectionArn: `arn:aws:codeconnections:${region}:${account}:connection/00000000-0000-0000-0000-000000000000`,
    FullRepositoryId: `${Owner}/${Repo}`,
    BranchName: Branch,
    ...(PollForSourceChanges === undefined ? {} : { DetectChanges: PollForSourceChanges }),
  };
  return {
    kind: 'use-connection',
    title: `Let ${at.action.name} use a connection (fill in its ARN)`,
    edits: [
      {
        path: [...at.path, 'actionTypeId'],
        value: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
      },
      { path: [...at.path, 'configuration'], value: configuration },
    ],
  };
}
