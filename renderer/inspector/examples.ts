/** What empty fields show: values as AWS writes them, the same in every language. */
export const EXAMPLES = {
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/deploy',
  serviceRoleArn: 'arn:aws:iam::111122223333:role/pipeline',
  bucket: 'my-artifact-bucket',
  key: 'alias/artifacts',
  commands: 'npm ci\nnpm test',
  image: 'node:24',
  handler: 'handler',
};
