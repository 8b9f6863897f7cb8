import { localRepository } from '../common/bindings.ts';
import { runRepositorySource } from '../common/runRepositorySource.ts';
import { pollForSourceChanges } from '../common/sourceFields.ts';
import { defineProvider } from '../provider.ts';

export const gitHubSource = defineProvider({
  actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
  label: 'GitHub (version 1)',
  shortLabel: 'GitHub v1',
  help: 'Fetch a branch of a GitHub repository with a personal access token.',
  status: 'legacy',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [0, 0], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    Owner: {
      label: 'Owner',
      type: 'string',
      required: 'always',
      placeholder: 'acme',
      help: 'Name the user or organisation.',
    },
    Repo: {
      label: 'Repository',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the repository, without its owner.',
    },
    Branch: {
      label: 'Branch',
      type: 'string',
      required: 'always',
      placeholder: 'main',
      help: 'Name the branch to fetch and watch.',
    },
    OAuthToken: {
      label: 'Access token',
      type: 'secret',
      required: 'always',
      help: 'Give a token, best as a secret reference; AWS shows it as ****.',
    },
    PollForSourceChanges: pollForSourceChanges,
  },
  outputVariables: [
    { name: 'AuthorDate', help: 'When the commit was authored.' },
    { name: 'BranchName', help: 'Branch that was fetched.' },
    { name: 'CommitId', help: 'Full id of the commit.' },
    { name: 'CommitMessage', help: 'Message of the commit.' },
    { name: 'CommitterDate', help: 'When the commit was committed.' },
    { name: 'CommitUrl', help: 'Web address of the commit.' },
    { name: 'RepositoryName', help: 'Repository that was fetched.' },
  ],
  summaryKeys: ['Owner', 'Repo', 'Branch'],
  local: {
    fidelity: 'real',
    note: 'Reads the bound local repository; the token is not used. A plain folder works too, without the variables of a commit.',
    binding: localRepository,
  },
  run(run) {
    const { Owner = '', Repo = '', Branch = '' } = run.configuration;
    return runRepositorySource(run, {
      branch: Branch,
      repositoryName: `${Owner}/${Repo}`,
      variables: (revision) => ({
        AuthorDate: revision.authorDate,
        BranchName: Branch,
        CommitId: revision.revisionId,
        CommitMessage: revision.commitMessage,
        CommitterDate: revision.committerDate,
        CommitUrl: `https://github.com/${Owner}/${Repo}/commit/${revision.revisionId}`,
        RepositoryName: Repo,
      }),
    });
  },
});
