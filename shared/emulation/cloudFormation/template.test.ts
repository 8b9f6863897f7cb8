import { describe, expect, test } from 'vitest';
import { checkReferences } from './references.ts';
import { readTemplate } from './template.ts';

function refusalOf(text: string): unknown {
  try {
    checkReferences(readTemplate(text, 'template.yaml'));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a template that CloudFormation refuses', () => {
  const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

  test.each<[text: string, message: string]>([
    ['Resources: {}\n', 'Template format error: At least one Resources member must be defined.'],
    ['- a\n', 'Template format error: unsupported structure.'],
    ['Resources:\n  A: [1\n', 'Template format error: YAML not well-formed. (line 3, column 1)'],
    ['{"Resources": }', 'Template format error: JSON not well-formed. (line 1, column 15)'],
    [`${topic}Outpts: {}\n`, 'Invalid template property or properties [Outpts]'],
    [
      'Resources:\n  My-Topic:\n    Type: AWS::SNS::Topic\n',
      'Template format error: Resource name My-Topic is non alphanumeric.',
    ],
    [
      'Resources:\n  A:\n    Properties: {}\n',
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    ],
    [
      `${topic}Parameters:\n  P:\n    Default: x\n`,
      'Template format error: Every Parameters object must contain a Type member.',
    ],
    [`${topic}Parameters:\n`, "Template format error: [/Parameters] 'null' values are not allowed in templates"],
    [
      `${topic}Outputs:\n  O:\n    Description: x\n`,
      'Template format error: Every Outputs member must contain a Value object',
    ],
    [
      `${topic}    Properties:\n      DisplayName: !Ref Nam\n`,
      'Template format error: Unresolved resource dependencies [Nam] in the Resources block of the template',
    ],
    [
      `${topic}Outputs:\n  O:\n    Value: !GetAtt Topc.TopicName\n`,
      'Template format error: Unresolved resource dependencies [Topc] in the Outputs block of the template',
    ],
    [
      `${topic}    DependsOn: [Other]\n`,
      'Template format error: Unresolved resource dependencies [Other] in the Resources block of the template',
    ],
    [
      `${topic}    Condition: IsBeta\n`,
      'Template format error: Unresolved condition dependency IsBeta in the Resources block of the template',
    ],
    [
      `${topic}Conditions:\n  C: !Equals [!Ref Topic, a]\n`,
      'Template format error: Unresolved dependencies [Topic]. Cannot reference resources in the Conditions block of the template',
    ],
    [
      `${topic}    Properties:\n      DisplayName: !FindInMap [Names, a, b]\n`,
      "Template error: Mapping named 'Names' is not present in the 'Mappings' section of template.",
    ],
    [
      'Resources:\n  A:\n    Type: T::T::T\n    DependsOn: B\n  B:\n    Type: T::T::T\n    Metadata: !GetAtt A.Arn\n  C:\n    Type: T::T::T\n    DependsOn: A\n',
      'Circular dependency between resources: [A, B]',
    ],
    [
      'Resources:\n  A: &a\n    Type: AWS::SNS::Topic\n  B: *a\n',
      'Template format error: YAML aliases are not allowed in CloudFormation templates',
    ],
  ])('%j: %s', (text, message) => {
    expect(refusalOf(text)).toMatchObject({
      code: 'JobFailed',
      message: `${message} (ValidationError)`,
      fix: expect.stringMatching(/^.{5,}$/),
    });
  });
});
