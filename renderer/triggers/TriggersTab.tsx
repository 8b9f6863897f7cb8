import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { repositorySources } from '../../shared/triggers/sources.ts';
import inspector from '../inspector/Inspector.module.css';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { InvokeIcon } from '../ui/icons.ts';
import { ArmTriggers } from './ArmTriggers.tsx';
import styles from './triggers.module.css';

type Patterns = { includes?: readonly string[] | undefined; excludes?: readonly string[] | undefined };

/** What starts the pipeline by itself, source action by source action, and the way to try it out. */
export function TriggersTab({ pipeline }: { pipeline: PipelineDeclaration }) {
  const documentId = useDocuments((documents) => activeTab(documents)?.documentId);
  const sources = repositorySources(pipeline);
  if (sources.length === 0) {
    return <p className={inspector.quiet}>No source action reads a repository, so no push starts this pipeline.</p>;
  }
  return (
    <>
      {sources.map((source) => (
        <section key={source.where} className={styles.source} aria-label={source.where}>
          <h3>{source.where.replace('/', ' / ')}</h3>
          <ul className={styles.plain}>
            {startsOf(pipeline, source).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <Button icon={InvokeIcon} onClick={() => openDialog({ name: 'simulateEvent' })}>
        Simulate an event…
      </Button>
      {documentId !== undefined && <ArmTriggers documentId={documentId} />}
    </>
  );
}

/** What starts the pipeline through one source action, a line for each filter. */
function startsOf(pipeline: PipelineDeclaration, source: ReturnType<typeof repositorySources>[number]): string[] {
  const { action, branch, detection, hasTriggers } = source;
  const triggers = hasTriggers ? (pipeline.triggers ?? []) : [];
  const git = triggers.find(({ gitConfiguration }) => gitConfiguration.sourceActionName === action.name);
  if (git) {
    const { push = [], pullRequest = [] } = git.gitConfiguration;
    return [
      ...push.map(({ tags, branches, filePaths }) =>
        tags ? `Tag ${patternText(tags)}` : `Push to ${patternText(branches)}${filesText(filePaths)}`,
      ),
      ...pullRequest.map(
        ({ events, branches, filePaths }) =>
          `Pull request${events ? ` (${events.join(', ')})` : ''} into ${patternText(branches)}${filesText(filePaths)}`,
      ),
    ];
  }
  if (triggers.length > 0) return ['No trigger names it; it starts nothing by itself.'];
  if (detection?.isOn === false) return [`${detection.key} is false; it starts nothing by itself.`];
  return [`Push to ${branch ?? 'its branch'}`];
}

const patternText = (patterns: Patterns | undefined): string => {
  const { includes, excludes } = patterns ?? {};
  return [includes?.join(', ') ?? 'any branch', ...(excludes ? [`except ${excludes.join(', ')}`] : [])].join(' ');
};
const filesText = (patterns: Patterns | undefined): string =>
  patterns ? ` that changes ${patternText(patterns).replace('any branch', 'any file')}` : '';
