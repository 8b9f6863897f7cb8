import type { PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { type Problem, ProblemError, problem } from '../problem.ts';

/**
 * What a local run can not do yet, as Problems. A pipeline with such a stage is refused at start: leaving a condition
 * out would let through what it was made to hold back.
 */
export function unsupportedParts(declaration: PipelineDeclaration): Problem[] {
  const problems = declaration.stages.flatMap(unsupportedInStage);
  if (declaration.stages.length === 0) {
    problems.push(
      problem({
        code: 'execution.no-stages',
        where: '',
        what: 'The pipeline has no stages.',
        fix: 'Add a stage with a source action and a second stage.',
      }),
    );
  }
  return problems;
}

/** Throws the first of them as a ProblemError. */
export function refuseUnsupported(declaration: PipelineDeclaration): void {
  const [first] = unsupportedParts(declaration);
  if (first) throw new ProblemError(first);
}

function unsupportedInStage(stage: StageDeclaration): Problem[] {
  const found: string[] = [];
  if (stage.beforeEntry) found.push('beforeEntry conditions');
  if (stage.onSuccess) found.push('onSuccess conditions');
  if (stage.onFailure?.conditions) found.push('onFailure conditions');
  else if (stage.onFailure?.result !== undefined && stage.onFailure.result !== 'RETRY') {
    found.push(`onFailure with the result ${stage.onFailure.result}`);
  }
  return found.map((part) =>
    problem({
      code: 'execution.condition-not-yet',
      where: stage.name,
      what: `Stage "${stage.name}" has ${part}, which a local run does not carry out yet.`,
      fix: 'Run the pipeline on AWS, or remove the condition from a copy of the pipeline to run that one here.',
    }),
  );
}
