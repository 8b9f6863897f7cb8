import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { repositorySources } from '../../shared/triggers/sources.ts';
import inspector from '../inspector/Inspector.module.css';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { InvokeIcon } from '../ui/icons.ts';
import { ArmTriggers } from './ArmTriggers.tsx';
import styles from './triggers.module.css';

const words = strings.triggers.starts;

type Patterns = { includes?: readonly string[] | undefined; excludes?: readonly string[] | undefined };

/** What starts the pipeline by itself, source action by source action, and the way to try it out. */
export function TriggersTab({ pipeline }: { pipeline: PipelineDeclaration }) {
  const documentId = useDocuments((documents) => activeTab(documents)?.documentId);
  const sources = repositorySources(pipeline);
  if (sources.length === 0) {
    return <p className={inspector.quiet}>{strings.triggers.starts.noRepository}</p>;
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
        {strings.triggers.sheet.open}
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
        tags ? words.tag(patternText(tags)) : words.push(patternText(branches), filesText(filePaths)),
      ),
      ...pullRequest.map(({ events, branches, filePaths }) =>
        words.pullRequest(events?.join(', ') ?? '', patternText(branches), filesText(filePaths)),
      ),
    ];
  }
  if (triggers.length > 0) return [words.unnamed];
  if (detection?.isOn === false) return [words.off(detection.key)];
  return [words.push(branch ?? words.itsBranch, '')];
}

const patternText = (patterns: Patterns | undefined, any = words.anyBranch): string => {
  const { includes, excludes } = patterns ?? {};
  return [includes?.join(', ') ?? any, ...(excludes ? [words.except(excludes.join(', '))] : [])].join(' ');
};
const filesText = (patterns: Patterns | undefined): string =>
  patterns ? words.thatChanges(patternText(patterns, words.anyFile)) : '';
