import type { PipelineDeclaration, RetryMode } from '../model/declaration.ts';

/** The pipeline with `onFailure: {result: RETRY}` on every stage. */
export const withAutomaticRetry = (declaration: PipelineDeclaration, retryMode?: RetryMode): PipelineDeclaration => ({
  ...declaration,
  stages: declaration.stages.map((stage) => ({
    ...stage,
    onFailure: { result: 'RETRY' as const, ...(retryMode ? { retryConfiguration: { retryMode } } : {}) },
  })),
});
