import { type ActionDeclaration, actionKey, type PipelineDeclaration } from '../model/declaration.ts';
import { findProvider } from '../providers/table.ts';

/** A source action that reads a branch of a repository, and what it says about starting by itself. */
export interface RepositorySource {
  where: string;
  action: ActionDeclaration;
  /** The configured branch; undefined when there is none, or a variable stands there. */
  branch: string | undefined;
  /** As the action names it (FullRepositoryId, RepositoryName, Owner/Repo); '' when it does not. */
  repository: string;
  /** The key that switches change detection, and whether it is on; undefined when the type has none. */
  detection: { key: string; isOn: boolean } | undefined;
  /** Only connections may be named by `triggers` (T-001). */
  hasTriggers: boolean;
}

const BRANCH_KEYS = ['BranchName', 'Branch'];
const DETECTION_KEYS = ['DetectChanges', 'PollForSourceChanges'];

/** The source actions of the pipeline that read a repository, found by what their types' forms hold. */
export function repositorySources(pipeline: PipelineDeclaration): RepositorySource[] {
  return pipeline.stages.flatMap((stage) =>
    stage.actions.flatMap((action) => {
      if (action.actionTypeId.category !== 'Source') return [];
      const fields = findProvider(action.actionTypeId).configuration;
      const { configuration = {} } = action;
      const branchKey = BRANCH_KEYS.find((key) => Object.hasOwn(fields, key));
      if (branchKey === undefined) return [];
      const key = DETECTION_KEYS.find((candidate) => Object.hasOwn(fields, candidate));
      const { FullRepositoryId, RepositoryName, Owner, Repo } = configuration;
      return [
        {
          where: actionKey(stage.name, action.name),
          action,
          branch: configuration[branchKey]?.replace(/^refs\/heads\//, '') || undefined,
          repository: FullRepositoryId ?? RepositoryName ?? (Owner && Repo ? `${Owner}/${Repo}` : ''),
          detection:
            key === undefined ? undefined : { key, isOn: (configuration[key] ?? fields[key]?.default) !== 'false' },
          hasTriggers: key === 'DetectChanges',
        },
      ];
    }),
  );
}
