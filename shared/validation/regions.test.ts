import { describe, expect, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { codeBuild, expectLocated, expectOnly, put } from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { connection, expectLegal, type Legal, source } from '../testing/legalPipeline.ts';
import { validate } from './validate.ts';

/** Buckets in two Regions instead of one bucket. */
const inTwoRegions = (p: PipelineDeclaration) => {
  p.artifactStores = { 'eu-west-1': p.artifactStore!, 'us-east-1': p.artifactStore! };
  delete p.artifactStore;
};
const own = (name: string, region?: string) =>
  codeBuild(name, {
    actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Farm', version: '1' },
    ...(region === undefined ? {} : { region }),
  });

const legal: Legal[] = [
  ['A-021', 'no Region anywhere', () => undefined],
  [
    'A-021',
    'the Region at every action, as get-pipeline prints it',
    (p) => {
      for (const stage of p.stages) for (const action of stage.actions) action.region = 'eu-west-1';
    },
  ],
  [
    'A-021',
    'an action of AWS in another Region',
    (p) => {
      inTwoRegions(p);
      put(p, 'Source/App', { region: 'eu-west-1' });
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
  ],
  [
    'A-021',
    'an action of the account in the Region of the source',
    (p) => {
      inTwoRegions(p);
      put(p, 'Source/App', { region: 'eu-west-1' });
      p.stages[1]!.actions.push(own('Farm', 'eu-west-1'));
    },
  ],
  [
    'A-021',
    'an action of the account without a Region',
    (p) => {
      put(p, 'Source/App', { region: 'eu-west-1' });
      p.stages[1]!.actions.push(own('Farm'));
    },
  ],
  [
    'A-022',
    'two sources in one Region',
    (p) => {
      put(p, 'Source/App', { region: 'eu-west-1' });
      p.stages[0]!.actions.push({ ...connection(p, 'Docs'), region: 'eu-west-1' });
    },
  ],
  [
    'A-022',
    'two sources of which one names its Region',
    (p) => {
      p.stages[0]!.actions.push({ ...source('Assets', 'assets'), region: 'eu-west-1' });
    },
  ],
];

const broken = [
  {
    rule: 'A-022',
    says: 'two sources are in one Region',
    code: 'action.region-not-home',
    where: 'Source/Assets',
    field: 'region',
    breaks: (p: PipelineDeclaration) => {
      inTwoRegions(p);
      put(p, 'Source/App', { region: 'eu-west-1' });
      p.stages[0]!.actions.push({ ...source('Assets', 'assets'), region: 'us-east-1' });
    },
  },
  {
    rule: 'A-021',
    says: 'an action of the account is in the Region of the source',
    code: 'action.region-not-home',
    where: 'Build/Farm',
    field: 'region',
    breaks: (p: PipelineDeclaration) => {
      inTwoRegions(p);
      put(p, 'Source/App', { region: 'eu-west-1' });
      p.stages[1]!.actions.push(own('Farm', 'us-east-1'));
    },
  },
  {
    rule: 'A-021',
    says: 'two actions of the account are in one Region',
    code: 'action.region-not-home',
    where: 'Build/Farm2',
    field: 'region',
    breaks: (p: PipelineDeclaration) => {
      inTwoRegions(p);
      p.stages[1]!.actions.push(own('Farm1', 'eu-west-1'), own('Farm2', 'us-east-1'));
    },
  },
];

describe('the Region of an action', () => {
  test.each(legal)('%s: %s is legal', (...row) => expectLegal(row));

  test.each(broken)('$rule: $says ($code)', (row) => expectOnly(row));

  test.each(broken)('$rule: $says: found in the text ($code)', (row) => expectLocated(row));

  test('that is not the pipeline’s is named together with the one that contradicts it', () => {
    const pipeline = completePipeline();
    broken[0]!.breaks(pipeline);
    expect(validate(pipeline)[0]).toMatchObject({
      what: 'Source actions run in the pipeline’s own Region; this one is in us-east-1, but Source/App in eu-west-1.',
      fix: 'Remove the region, or give both the Region of the pipeline.',
    });
  });
});
