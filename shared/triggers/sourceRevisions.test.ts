import { describe, expect, it, test } from 'vitest';
import { ProblemError } from '../problem.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { checkSourceRevisions, readSourceRevision, type SourceRevision } from './sourceRevisions.ts';

const source = (name: string, provider: string, configuration: Record<string, string> = {}) => ({
  name,
  actionTypeId: { category: 'Source' as const, owner: 'AWS' as const, provider, version: '1' },
  configuration,
});
const pipeline = pipelineOf({
  Source: [
    source('Repo', 'CodeCommit'),
    source('App', 'CodeStarSourceConnection'),
    source('Image', 'ECR'),
    source('Zip', 'S3'),
    source('OpenZip', 'S3', { AllowOverrideForS3ObjectKey: 'true' }),
    {
      ...source('Old', 'GitHub'),
      actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
    },
  ],
  Build: ['Make'],
});
const revision = (actionName: string, revisionType: SourceRevision['revisionType'], revisionValue = 'x') => ({
  actionName,
  revisionType,
  revisionValue,
});
const refusal = (...revisions: SourceRevision[]) => {
  try {
    checkSourceRevisions(pipeline, revisions);
    return '';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
};

describe('§2 source revisions of a start', () => {
  it('may name a commit, an image digest, an object version and, where the action allows it, an object key', () => {
    expect(
      refusal(
        revision('Repo', 'COMMIT_ID'),
        revision('App', 'COMMIT_ID'),
        revision('Image', 'IMAGE_DIGEST'),
        revision('Zip', 'S3_OBJECT_VERSION_ID'),
        revision('OpenZip', 'S3_OBJECT_KEY'),
        revision('OpenZip', 'S3_OBJECT_VERSION_ID'),
      ),
    ).toBe('');
  });

  test.each([
    ['an action that is no source', revision('Make', 'COMMIT_ID'), 'execution.revision-unknown-action'],
    ['an action that does not exist', revision('Nobody', 'COMMIT_ID'), 'execution.revision-unknown-action'],
    ['a type that the provider does not take', revision('Repo', 'IMAGE_DIGEST'), 'execution.revision-type'],
    ['a source that takes none', revision('Old', 'COMMIT_ID'), 'execution.revision-type'],
    ['an empty value', revision('Repo', 'COMMIT_ID', ''), 'execution.revision-length'],
    ['a value of 1501 characters', revision('Repo', 'COMMIT_ID', 'a'.repeat(1501)), 'execution.revision-length'],
    [
      'an object key that the action does not allow (X-005)',
      revision('Zip', 'S3_OBJECT_KEY'),
      'execution.revision-key-not-allowed',
    ],
  ])('refuses %s (X-004)', (_, given, code) => {
    expect(refusal(given)).toBe(code);
  });

  it('take a value of 1500 characters', () => {
    expect(refusal(revision('Repo', 'COMMIT_ID', 'a'.repeat(1500)))).toBe('');
  });

  it('refuse two of one type for one action, and more than 50 (X-004)', () => {
    expect(refusal(revision('Repo', 'COMMIT_ID'), revision('Repo', 'COMMIT_ID', 'y'))).toBe('execution.revision-twice');
    expect(refusal(...Array.from({ length: 51 }, () => revision('Repo', 'COMMIT_ID')))).toBe(
      'execution.revision-too-many',
    );
  });

  it('are read from Action=VALUE with the usual type of the action, or with a type before the value', () => {
    expect(readSourceRevision(pipeline, 'Repo=abc')).toEqual(revision('Repo', 'COMMIT_ID', 'abc'));
    expect(readSourceRevision(pipeline, 'Image=sha256:12')).toEqual(revision('Image', 'IMAGE_DIGEST', 'sha256:12'));
    expect(readSourceRevision(pipeline, 'Zip=v=1')).toEqual(revision('Zip', 'S3_OBJECT_VERSION_ID', 'v=1'));
    expect(readSourceRevision(pipeline, 'OpenZip=S3_OBJECT_KEY:a/b.zip')).toEqual(
      revision('OpenZip', 'S3_OBJECT_KEY', 'a/b.zip'),
    );
  });
});
