/** What renderer/versions says. */
export const versions = {
  title: (pipelineName: string) => `Versions of ${pipelineName}`,
  reading: 'Reading the versions …',
  none: 'None yet. Each definition that is started on this machine is kept here, numbered as CodePipeline numbers them.',
  legend: 'Version',
  version: (version: number) => `Version ${version}`,
  compare: 'Compare with the pipeline as it is edited now',
  difference: (version: number) => `From version ${version} to the edited pipeline`,
  same: 'No difference: this version is what is edited now.',
  text: (version: number) => `Text of version ${version}`,
};
