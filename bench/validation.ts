import { writeFileSync } from 'node:fs';
import { layoutPipeline } from '../renderer/canvas/layout.ts';
import type { ActionDeclaration, PipelineDeclaration } from '../shared/model/declaration.ts';
import { editDocument, parseDocument } from '../shared/model/documentText.ts';
import { advise } from '../shared/validation/advise.ts';
import { quickFixes } from '../shared/validation/fixes/quickFixes.ts';
import { validate } from '../shared/validation/validate.ts';

/*
 * What the window does after each edit of a document, on the largest pipeline that AWS takes: 50 stages, 1,000 actions, with
 * artifacts, namespaces and references between them. Means of warm runs, in milliseconds of
 * the main thread.
 */

const ROUNDS = 15;

const action = (stage: number, index: number): ActionDeclaration => {
  if (stage === 0)
    return {
      name: `Repo${index}`,
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
      configuration: { RepositoryName: `repo${index}`, BranchName: 'main', PollForSourceChanges: 'false' },
      outputArtifacts: [{ name: `a_0_${index}` }],
      namespace: `n_0_${index}`,
    };
  return {
    name: `Build${index}`,
    runOrder: (index % 5) + 1,
    actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
    configuration: {
      ProjectName: `project-#{n_${stage - 1}_${index}.CommitId}`,
      EnvironmentVariables: JSON.stringify([{ name: 'STAGE', value: '#{variables.STAGE}', type: 'PLAINTEXT' }]),
    },
    inputArtifacts: [{ name: `a_${stage - 1}_${index}` }],
    outputArtifacts: [{ name: `a_${stage}_${index}` }],
    namespace: `n_${stage}_${index}`,
  };
};

const large: PipelineDeclaration = {
  name: 'large',
  roleArn: 'arn:aws:iam::111122223333:role/large',
  artifactStore: { type: 'S3', location: 'large-artifacts' },
  pipelineType: 'V2',
  variables: [{ name: 'STAGE', defaultValue: 'beta' }],
  stages: Array.from({ length: 50 }, (_, stage) => ({
    name: `Stage${stage}`,
    actions: Array.from({ length: 20 }, (_, index) => action(stage, index)),
  })),
};
/** One slip in every fiftieth action. */
const faulty: PipelineDeclaration = {
  ...large,
  stages: large.stages.map((stage, index) =>
    index === 0
      ? stage
      : {
          ...stage,
          actions: stage.actions.map((one, at) =>
            (index * 20 + at) % 50 === 7
              ? { ...one, inputArtifacts: [{ name: `${one.inputArtifacts![0]!.name}x` }] }
              : one,
          ),
        },
  ),
};

/** Milliseconds of the main thread's own time: what else the machine does is not counted, and its clock ticks coarsely. */
function cost(work: (round: number) => unknown): number {
  for (let round = 0; round < ROUNDS; round++) work(round);
  const start = process.threadCpuUsage();
  let runs = 0;
  for (const end = performance.now() + 400; performance.now() < end || runs < ROUNDS; runs++) work(runs % ROUNDS);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000 / runs;
}

/** The pipeline as it is read again after each edit: no object is the one that was validated before. */
const reread = (pipeline: PipelineDeclaration, round: number): PipelineDeclaration =>
  JSON.parse(JSON.stringify({ ...pipeline, name: `large${round}` })) as PipelineDeclaration;

let fresh = 0;
/** Every action with another text than any before: what opening such a file costs. */
const renewed = (round: number): PipelineDeclaration => {
  fresh += 1;
  const copy = reread(large, round);
  for (const { actions } of copy.stages) for (const one of actions) one.roleArn = `${large.roleArn}-${fresh}`;
  return copy;
};

export async function run({ json }: { json: boolean }): Promise<void> {
  const text = JSON.stringify({ pipeline: large }, null, 2);
  const problems = validate(faulty);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const copies = rounds.map((round) => reread(large, round));
  const faultyCopies = rounds.map((round) => reread(faulty, round));
  const rows = [
    { what: 'validate, no problems', ms: cost((round) => validate(copies[round]!)), aim: 20 },
    { what: `validate, ${problems.length} problems`, ms: cost((round) => validate(faultyCopies[round]!)), aim: 20 },
    { what: 'validate, every action new', ms: cost((round) => validate(renewed(round))), aim: undefined },
    { what: 'advise', ms: cost((round) => advise(copies[round]!)), aim: undefined },
    { what: 'layout', ms: cost(() => layoutPipeline(large)), aim: 5 },
    { what: 'fixes of one problem, tried', ms: cost(() => quickFixes(problems[0]!, faulty)), aim: undefined },
    { what: 'read the text', ms: cost(() => parseDocument(text, 'json')), aim: undefined },
    {
      what: 'one edit of the text',
      ms: cost(() => editDocument(text, 'json', [{ path: ['stages', 25, 'name'], value: 'Other' }])),
      aim: undefined,
    },
  ];
  if (json) {
    writeFileSync(1, `${JSON.stringify({ actions: 1000, rows }, null, 2)}\n`);
    return;
  }
  const lines = rows.map(
    ({ what, ms, aim }) => `${what.padEnd(32)}${ms.toFixed(1).padStart(8)} ms${aim ? `   aim ${aim}` : ''}`,
  );
  writeFileSync(1, `1,000 actions in 50 stages, ${Math.round(text.length / 1024)} KiB of text\n${lines.join('\n')}\n`);
}
