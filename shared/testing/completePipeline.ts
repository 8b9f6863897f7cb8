import type { PipelineDeclaration } from '../model/declaration.ts';

/**
 * A valid V2 pipeline that uses nearly every part of the declaration: variables, triggers, namespaces, Commands, a parallel
 * group, automatic retry, conditions, an approval with its own timeout (reference/pipeline-structure.md §11). A new copy each.
 */
export const completePipeline = (): PipelineDeclaration => ({
  name: 'shop-web',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/pipeline',
  pipelineType: 'V2',
  executionMode: 'QUEUED',
  artifactStore: {
    type: 'S3',
    location: 'shop-artifacts',
  },
  variables: [
    {
      name: 'TARGET',
      defaultValue: 'beta',
      description: 'environment to deploy to',
    },
  ],
  triggers: [
    {
      providerType: 'CodeStarSourceConnection',
      gitConfiguration: {
        sourceActionName: 'App',
        push: [
          {
            branches: {
              includes: ['main', 'release/**'],
            },
            filePaths: {
              excludes: ['docs/**'],
            },
          },
          {
            tags: {
              includes: ['v*'],
            },
          },
        ],
        pullRequest: [
          {
            events: ['OPEN', 'UPDATED'],
            branches: {
              includes: ['main'],
            },
          },
        ],
      },
    },
  ],
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'App',
          namespace: 'Src',
          runOrder: 1,
          actionTypeId: {
            category: 'Source',
            owner: 'AWS',
            provider: 'CodeStarSourceConnection',
            version: '1',
          },
          configuration: {
            ConnectionArn:
              'arn:aws:codeconnections:eu-west-1:111122223333:connection/0f5b706a-1a1d-46c5-86b6-f177321bcfb2',
            FullRepositoryId: 'acme/shop',
            BranchName: 'main',
            DetectChanges: 'false',
          },
          inputArtifacts: [],
          outputArtifacts: [
            {
              name: 'app',
            },
          ],
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          name: 'Test',
          runOrder: 1,
          namespace: 'T',
          actionTypeId: {
            category: 'Compute',
            owner: 'AWS',
            provider: 'Commands',
            version: '1',
          },
          commands: ['npm ci', 'npm test -- --ci', 'export VERSION=$(node -p "require(\'./package.json\').version")'],
          outputVariables: ['VERSION'],
          inputArtifacts: [
            {
              name: 'app',
            },
          ],
          outputArtifacts: [
            {
              name: 'dist',
              files: ['dist/**/*'],
            },
          ],
        },
        {
          name: 'Lint',
          runOrder: 1,
          actionTypeId: {
            category: 'Build',
            owner: 'AWS',
            provider: 'CodeBuild',
            version: '1',
          },
          configuration: {
            ProjectName: 'shop-lint',
            EnvironmentVariables: '[{"name":"COMMIT","value":"#{Src.CommitId}"}]',
          },
          inputArtifacts: [
            {
              name: 'app',
            },
          ],
          outputArtifacts: [],
        },
      ],
      onFailure: {
        result: 'RETRY',
        retryConfiguration: {
          retryMode: 'FAILED_ACTIONS',
        },
      },
    },
    {
      name: 'Deploy',
      beforeEntry: {
        conditions: [
          {
            result: 'FAIL',
            rules: [
              {
                name: 'OfficeHours',
                ruleTypeId: {
                  category: 'Rule',
                  owner: 'AWS',
                  provider: 'DeploymentWindow',
                  version: '1',
                },
                configuration: {
                  Cron: '* * 9-17 ? * MON-FRI *',
                  TimeZone: 'Europe/Berlin',
                },
              },
            ],
          },
        ],
      },
      onSuccess: {
        conditions: [
          {
            result: 'ROLLBACK',
            rules: [
              {
                name: 'NoAlarm',
                ruleTypeId: {
                  category: 'Rule',
                  owner: 'AWS',
                  provider: 'CloudWatchAlarm',
                  version: '1',
                },
                configuration: {
                  AlarmName: 'shop-5xx',
                  WaitTime: '10',
                },
              },
            ],
          },
        ],
      },
      actions: [
        {
          name: 'Approve',
          runOrder: 1,
          timeoutInMinutes: 1440,
          actionTypeId: {
            category: 'Approval',
            owner: 'AWS',
            provider: 'Manual',
            version: '1',
          },
          configuration: {
            CustomData: 'Release #{T.VERSION} to #{variables.TARGET}?',
          },
          inputArtifacts: [],
          outputArtifacts: [],
        },
        {
          name: 'Upload',
          runOrder: 2,
          actionTypeId: {
            category: 'Deploy',
            owner: 'AWS',
            provider: 'S3',
            version: '1',
          },
          configuration: {
            BucketName: 'shop-#{variables.TARGET}',
            Extract: 'true',
          },
          inputArtifacts: [
            {
              name: 'dist',
            },
          ],
          outputArtifacts: [],
        },
      ],
    },
  ],
});
