import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { revisionTypesOf, type SourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { type RepositorySource, repositorySources } from '../../shared/triggers/sources.ts';
import { absoluteBindings } from '../engine/absoluteBindings.ts';

/** A source action that a repository of this machine stands in for. */
export interface BoundSource extends RepositorySource {
  /** Absolute path of the bound repository. */
  repositoryPath: string;
}

/** The source actions that are bound to a repository; a plain folder has no events. */
export function boundSources(
  pipeline: PipelineDeclaration,
  bindings: Sidecar['bindings'],
  folder: string,
): BoundSource[] {
  const absolute = absoluteBindings(bindings, folder);
  return repositorySources(pipeline).flatMap((source) => {
    const binding = absolute[source.where];
    return binding?.kind === 'repository' ? [{ ...source, repositoryPath: binding.path }] : [];
  });
}

/** What is watched of an armed pipeline: the bound sources that a push can start. */
export const watchedOf = (
  pipeline: PipelineDeclaration,
  bindings: Sidecar['bindings'],
  folder: string,
): { where: string; repository: string }[] =>
  boundSources(pipeline, bindings, folder)
    .filter((source) => canBeTriggered(pipeline, source))
    .map(({ where, repositoryPath }) => ({ where, repository: repositoryPath }));

/** False for one that only a person can start: no trigger names it, and its change detection is off or overruled. */
function canBeTriggered(pipeline: PipelineDeclaration, source: RepositorySource): boolean {
  if (!source.hasTriggers || !pipeline.triggers?.length) return source.detection?.isOn !== false;
  return pipeline.triggers.some(({ gitConfiguration }) => gitConfiguration.sourceActionName === source.action.name);
}

/**
 * The exact commit of an event, for the source actions that it started. In PARALLEL mode a source that polls reads whatever
 * is newest when it starts, also in AWS (reference/execution-semantics.md §2).
 */
export function commitFor(
  pipeline: PipelineDeclaration,
  started: readonly RepositorySource[],
  commitId: string,
): SourceRevision[] {
  return started
    .filter(({ hasTriggers }) => hasTriggers || pipeline.executionMode !== 'PARALLEL')
    .filter(({ action }) => revisionTypesOf(action).includes('COMMIT_ID'))
    .map(({ action }) => ({ actionName: action.name, revisionType: 'COMMIT_ID', revisionValue: commitId }));
}
