import { localRepository } from '../common/bindings.ts';
import { runRepositorySource } from '../common/runRepositorySource.ts';
import { outputArtifactFormat, pollForSourceChanges } from '../common/sourceFields.ts';
import { defineProvider } from '../provider.ts';

export const codeCommitSource = defineProvider({
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
  label: 'AWS CodeCommit',
  shortLabel: 'CodeCommit',
  help: 'Fetch a branch of a CodeCommit repository.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [0, 0], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    RepositoryName: {
      label: 'Repository',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the CodeCommit repository.',
    },
    BranchName: {
      label: 'Branch',
      type: 'string',
      required: 'always',
      placeholder: 'main',
      help: 'Name the branch to fetch and watch.',
    },
    PollForSourceChanges: pollForSourceChanges,
    OutputArtifactFormat: outputArtifactFormat,
  },
  outputVariables: [
    { name: 'AuthorDate', help: 'When the commit was authored.' },
    { name: 'BranchName', help: 'Branch that was fetched.' },
    { name: 'CommitId', help: 'Full id of the commit.' },
    { name: 'CommitMessage', help: 'Message of the commit.' },
    { name: 'CommitterDate', help: 'When the commit was committed.' },
    { name: 'RepositoryName', help: 'Repository that was fetched.' },
  ],
  summaryKeys: ['RepositoryName', 'BranchName'],
  local: {
    fidelity: 'real',
    note: 'Reads the bound local repository. A plain folder works too, without the variables of a commit.',
    binding: localRepository,
  },
  run(run) {
    const { RepositoryName = '', BranchName = '', OutputArtifactFormat } = run.configuration;
    return runRepositorySource(run, {
      branch: BranchName,
      repositoryName: RepositoryName,
      format: OutputArtifactFormat,
      variables: (revision) => ({
        AuthorDate: revision.authorDate,
        BranchName,
        CommitId: revision.revisionId,
        CommitMessage: revision.commitMessage,
        CommitterDate: revision.committerDate,
        RepositoryName,
      }),
    });
  },
});
