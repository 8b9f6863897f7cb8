import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../shared/model/documentText.ts';
import type { DocumentFormat } from '../../shared/model/textTree.ts';
import { contextAt } from './cursorContext.ts';
import { insertionOf } from './insertion.ts';
import { meaningAt, suggestionsAt } from './suggestions.ts';

const source = (rest: string) => `name: shop
roleArn: arn:aws:iam::111122223333:role/shop
variables:
  - name: Env
    description: Where to
stages:
  - name: Source
    actions:
      - name: App
        actionTypeId: {category: Source, owner: AWS, provider: CodeCommit, version: "1"}
        namespace: Src
        outputArtifacts:
          - name: AppOut
  - name: Deploy
    actions:
      - name: Site
${rest}`;

function at(marked: string, format: DocumentFormat = 'yaml') {
  const text = marked.replace('¦', '');
  const context = contextAt(text, format, marked.indexOf('¦'))!;
  const pipeline = parseDocument(text, format).pipeline!;
  const all = suggestionsAt(pipeline, context);
  return {
    labels: all.map(({ label }) => label),
    take(label: string) {
      const { from, to, insert, cursor } = insertionOf(all.find((one) => one.label === label)!, context, format, text);
      const taken = text.slice(0, from) + insert + text.slice(to);
      return `${taken.slice(0, from + cursor)}¦${taken.slice(from + cursor)}`;
    },
  };
}

describe('offered is', () => {
  it('what keys a pipeline still lacks', () => {
    const { labels } = at(`pip¦\n${source('        runOrder: 1')}`);
    expect(labels).toContain('pipelineType');
    expect(labels).not.toContain('name');
    expect(labels).not.toContain('stages');
  });

  it('providers of the category, and the keys of that provider with required ones first', () => {
    const type = (provider: string) =>
      source(
        `        actionTypeId:\n          category: Deploy\n          owner: AWS\n          provider: ${provider}`,
      );
    expect(at(type('¦')).labels).toContain('S3');
    expect(at(type('¦')).labels).not.toContain('CodeCommit');
    const { labels } = at(`${type('S3')}\n          version: "1"\n        configuration:\n          ¦`);
    expect(labels.slice(0, 2).sort()).toEqual(['BucketName', 'Extract']);
  });

  it('values that a key takes', () => {
    const { labels, take } = at(
      source(
        '        actionTypeId: {category: Deploy, owner: AWS, provider: S3, version: "1"}\n        configuration:\n          Extract: ¦',
      ),
    );
    expect(labels).toEqual(['true', 'false']);
    // A text, not YAML's own true.
    expect(take('true')).toMatch(/Extract: "true"¦$/);
    expect(at('executionMode: ¦\nname: x\nstages: []').labels).toEqual(['SUPERSEDED', 'QUEUED', 'PARALLEL']);
  });

  it('artifacts that earlier actions make', () => {
    expect(at(source('        inputArtifacts:\n          - name: ¦')).labels).toEqual(['AppOut']);
  });

  it('Regions', () => {
    expect(at(source('        region: eu-¦')).labels).toContain('eu-central-1');
    expect(at('name: x\nstages: []\nartifactStores:\n  ¦').labels).toContain('us-east-1');
  });

  it('variables, within a text', () => {
    const { labels, take } = at(
      source(
        '        actionTypeId: {category: Deploy, owner: AWS, provider: S3, version: "1"}\n        configuration:\n          ObjectKey: "v/#{¦/x"',
      ),
    );
    expect(labels).toEqual(
      expect.arrayContaining(['#{codepipeline.PipelineExecutionId}', '#{variables.Env}', '#{Src.CommitId}']),
    );
    expect(take('#{Src.CommitId}')).toMatch(/"v\/#\{Src\.CommitId\}¦\/x"$/);
  });

  it('types of rules, and their keys', () => {
    const rule = (more: string) =>
      `name: x\nstages:\n  - name: A\n    actions: []\n    beforeEntry:\n      conditions:\n        - rules:\n            - name: R\n              ruleTypeId:\n                provider: ${more}`;
    expect(at(rule('¦')).labels).toContain('DeploymentWindow');
    expect(at(rule('DeploymentWindow\n              configuration:\n                ¦')).labels).toContain('Cron');
  });
});

describe('taking one in JSON', () => {
  it('writes quotes, colon and value, and puts the cursor inside', () => {
    expect(at('{"pipeline": {"name": "x", "stages": [], exec¦}}', 'json').take('executionMode')).toBe(
      '{"pipeline": {"name": "x", "stages": [], "executionMode": "¦"}}',
    );
    expect(at('{"pipeline": {"name": "x", "stages": [], "vari¦"}}', 'json').take('variables')).toBe(
      '{"pipeline": {"name": "x", "stages": [], "variables": [¦]}}',
    );
    expect(at('{"pipeline": {"name": "x", "stages": [], "executionMode": ¦}}', 'json').take('QUEUED')).toBe(
      '{"pipeline": {"name": "x", "stages": [], "executionMode": "QUEUED"¦}}',
    );
  });

  it('leaves the value of a key that has one', () => {
    expect(at('{"pipeline": {"name": "x", "stages": [], "exec¦": "QUEUED"}}', 'json').take('executionMode')).toBe(
      '{"pipeline": {"name": "x", "stages": [], "executionMode¦": "QUEUED"}}',
    );
  });
});

it('a key tells what it is for, a provider what it does here', () => {
  const { pipeline } = parseDocument(source('        runOrder: 1'), 'yaml');
  expect(meaningAt(pipeline!, { path: ['stages', 0, 'actions', 0], isKey: true }, 'runOrder')?.text).toMatch(
    /lower first/,
  );
  expect(
    meaningAt(pipeline!, { path: ['stages', 0, 'actions', 0, 'actionTypeId', 'provider'], isKey: false }, 'CodeCommit')
      ?.text,
  ).toMatch(/In a local run: /);
  expect(
    meaningAt(pipeline!, { path: ['stages', 0, 'actions', 0, 'configuration'], isKey: true }, 'BranchName')?.title,
  ).toMatch(/^BranchName: /);
});
