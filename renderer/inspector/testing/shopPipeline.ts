export const aws = (category: string, provider: string) => ({ category, owner: 'AWS', provider, version: '1' });
/** A source with variables, a build and a deploy: what the specs of the forms work on. */
export const shopPipeline = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/p',
  artifactStore: { type: 'S3', location: 'bucket' },
  pipelineType: 'V2',
  variables: [{ name: 'TARGET', defaultValue: 'beta' }, { name: 'SIZE' }],
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'App',
          actionTypeId: aws('Source', 'CodeStarSourceConnection'),
          configuration: { FullRepositoryId: 'acme/app', BranchName: 'main', ConnectionArn: 'arn:aws:x' },
          outputArtifacts: [{ name: 'AppOut' }],
          namespace: 'Src',
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          name: 'Compile',
          actionTypeId: aws('Build', 'CodeBuild'),
          configuration: { ProjectName: 'shop-#{variables.TARGET}', BatchEnabled: 'true' },
          inputArtifacts: [{ name: 'AppOut' }],
          outputArtifacts: [{ name: 'Dist' }],
          namespace: 'Made',
        },
        {
          name: 'Deploy',
          runOrder: 2,
          actionTypeId: aws('Deploy', 'CloudFormation'),
          configuration: { ActionMode: 'CREATE_UPDATE', StackName: 'shop', TemplatePath: 'Dist::t.yml' },
          inputArtifacts: [{ name: 'Dist' }],
        },
      ],
    },
  ],
};
