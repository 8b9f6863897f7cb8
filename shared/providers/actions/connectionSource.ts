import { actionKey } from '../../model/declaration.ts';
import { triggerFacts } from '../../triggers/triggerFacts.ts';
import { localRepository } from '../common/bindings.ts';
import { checkPattern } from '../common/checks.ts';
import { runRepositorySource } from '../common/runRepositorySource.ts';
import { outputArtifactFormat } from '../common/sourceFields.ts';
import { defineProvider, type FieldProblem } from '../provider.ts';

const CONNECTION_ARN = /^arn:aws[\w-]*:(codestar-connections|codeconnections):[\w-]+:\d{12}:connection\/.+$/;

// A placeholder for the ARN is common in files that a template fills in later.
const asWarning = (problem: FieldProblem): FieldProblem => ({ ...problem, severity: 'warning' });

export const connectionSource = defineProvider({
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
  label: 'Repository connection',
  shortLabel: 'Connection',
  help: 'Fetch a branch of a GitHub, GitLab, Bitbucket or Azure DevOps repository.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [0, 0], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ConnectionArn: {
      label: 'Connection ARN',
      type: 'arn',
      required: 'always',
      placeholder: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/…',
      help: 'Name the connection; its handshake must be complete.',
    },
    FullRepositoryId: {
      label: 'Repository',
      type: 'string',
      required: 'always',
      placeholder: 'acme/shop',
      help: 'Write owner and name, spelled exactly as the provider spells them.',
    },
    BranchName: {
      label: 'Branch',
      type: 'string',
      required: 'always',
      placeholder: 'main',
      help: 'Name the branch to fetch and watch.',
    },
    OutputArtifactFormat: outputArtifactFormat,
    DetectChanges: {
      label: 'Start on push',
      type: 'boolean',
      default: 'true',
      help: 'Start the pipeline when the branch receives a push.',
    },
  },
  outputVariables: [
    { name: 'AuthorDate', help: 'When the commit was authored.' },
    { name: 'AuthorDisplayName', help: 'Name of the author.' },
    { name: 'AuthorEmail', help: 'E-mail address of the author.' },
    { name: 'AuthorId', help: 'Author’s user id at the provider.' },
    { name: 'BranchName', help: 'Branch that was fetched.' },
    { name: 'CommitId', help: 'Full id of the commit.' },
    { name: 'CommitMessage', help: 'Message of the commit.' },
    { name: 'ConnectionArn', help: 'Connection that was used.' },
    { name: 'DestinationBranchName', help: 'Target branch of a pull request.' },
    { name: 'FullRepositoryName', help: 'Owner and name of the repository.' },
    { name: 'ProviderType', help: 'Kind of provider, such as GitHub.' },
    { name: 'PullRequestId', help: 'Number of the pull request.' },
    { name: 'PullRequestTitle', help: 'Title of the pull request.' },
    { name: 'SourceBranchName', help: 'Head branch of a pull request.' },
    { name: 'TagName', help: 'Tag that started the pipeline.' },
  ],
  summaryKeys: ['FullRepositoryId', 'BranchName'],
  check: (configuration) => [
    ...checkPattern(configuration, 'ConnectionArn', CONNECTION_ARN, 'the ARN of a connection').map(asWarning),
    ...checkPattern(configuration, 'FullRepositoryId', /^[^/\s]+(\/[^/\s]+)+$/, 'owner and name, such as acme/shop'),
  ],
  local: {
    fidelity: 'real',
    note: 'Reads the bound local repository; the connection is not used. A plain folder works too, without the variables of a commit.',
    binding: localRepository,
  },
  run(run) {
    const { ConnectionArn, FullRepositoryId = '', BranchName = '', OutputArtifactFormat } = run.configuration;
    const facts = triggerFacts(run.trigger, actionKey(run.stageName, run.action.name));
    const branch = facts?.kind === 'push' ? facts.branch : BranchName;
    return runRepositorySource(run, {
      branch,
      repositoryName: FullRepositoryId,
      format: OutputArtifactFormat,
      // The variables of pull requests and tags exist only when such a trigger started the execution.
      variables: (revision) => ({
        AuthorDate: revision.authorDate,
        AuthorDisplayName: revision.authorDisplayName,
        AuthorEmail: revision.authorEmail,
        // A clone knows no user ids of the provider; the address is what identifies the author in it.
        AuthorId: revision.authorEmail,
        ...(facts?.kind === 'pullRequest'
          ? {
              DestinationBranchName: facts.destinationBranch,
              PullRequestId: facts.pullRequestId,
              PullRequestTitle: facts.title,
              SourceBranchName: facts.sourceBranch,
            }
          : { BranchName: branch }),
        ...(facts?.kind === 'tag' && { TagName: facts.tag }),
        CommitId: revision.revisionId,
        CommitMessage: revision.commitMessage,
        ConnectionArn,
        FullRepositoryName: FullRepositoryId,
        ProviderType: 'Local',
      }),
    });
  },
});
