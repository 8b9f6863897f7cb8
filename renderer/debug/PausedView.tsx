import { Fragment, useEffect, useState } from 'react';
import type { PausedAction } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { CopyButton } from '../inspector/controls/CopyButton.tsx';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { fileSizeText } from '../ui/fileSizeText.ts';
import { continuePaused } from './debugRun.ts';
import { PausedVariables } from './PausedVariables.tsx';
import styles from './PausedView.module.css';

interface PausedViewProps {
  pipelineExecutionId: string;
  stageName: string;
  actionName: string;
}

/** Everything that can be known of an action that waits at a breakpoint, and what can be done to it. */
export function PausedView({ pipelineExecutionId, stageName, actionName }: PausedViewProps) {
  const [paused, setPaused] = useState<PausedAction>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let isCurrent = true;
    client.inspectPaused({ pipelineExecutionId, stageName, actionName }).then(
      (found) => isCurrent && setPaused(found),
      (error: unknown) => isCurrent && setProblem(toProblem('run.inspect', error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [pipelineExecutionId, stageName, actionName]);
  if (problem)
    return (
      <p className={styles.fault} role="alert">
        {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
      </p>
    );
  if (!paused) return <p className={styles.quiet}>{strings.debug.unpacking}</p>;
  return <Inspected paused={paused} stageName={stageName} actionName={actionName} />;
}

function Inspected({
  paused,
  stageName,
  actionName,
}: { paused: PausedAction } & Pick<PausedViewProps, 'stageName' | 'actionName'>) {
  const texts = strings.debug;
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setIsBusy] = useState(false);
  const isBefore = paused.pausedAt === 'before';
  const variables = Object.fromEntries(
    Object.entries(changed).filter(([key, value]) => paused.variables[key] !== value),
  );
  const count = Object.keys(variables).length;
  const go = async (skip: boolean) => {
    setIsBusy(true);
    if (!(await continuePaused({ stageName, actionName }, { skip, variables }))) setIsBusy(false);
  };
  const configuration = Object.entries(paused.resolvedConfiguration);
  return (
    <section className={styles.view} aria-label={texts.isPaused(actionName)}>
      <div className={styles.buttons}>
        <Button variant="primary" disabled={isBusy} onClick={() => void go(false)}>
          {count === 0 ? texts.continue : texts.continueWith(count)}
        </Button>
        {isBefore && (
          <Button disabled={isBusy} onClick={() => void go(true)}>
            {texts.skip}
          </Button>
        )}
      </div>
      {paused.fault && <p className={styles.fault}>{paused.fault}</p>}

      <h4>{texts.variables}</h4>
      <PausedVariables values={paused.variables} changed={changed} onChange={setChanged} />

      <h4>{texts.configuration}</h4>
      {configuration.length === 0 ? (
        <p className={styles.quiet}>{texts.noConfiguration}</p>
      ) : (
        <dl className={styles.values}>
          {configuration.map(([key, value]) => (
            <Fragment key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}

      <h4>{texts.inputs}</h4>
      {paused.inputArtifacts.length === 0 && <p className={styles.quiet}>{texts.noInputs}</p>}
      {paused.inputArtifacts.map((artifact) => (
        <Artifact key={artifact.name} artifact={artifact} />
      ))}

      {paused.shellCommand && (
        <>
          <h4>{texts.shell}</h4>
          <div className={styles.command}>
            <code>{paused.shellCommand}</code>
            <CopyButton text={paused.shellCommand} label={texts.copyShell} />
          </div>
          <p className={styles.quiet}>{texts.shellHelp}</p>
        </>
      )}
      {paused.environment.length > 0 && (
        <details>
          <summary className={styles.summary}>{texts.environment(paused.environment.length)}</summary>
          <p className={styles.names}>{paused.environment.join(', ')}</p>
        </details>
      )}
    </section>
  );
}

function Artifact({ artifact }: { artifact: PausedAction['inputArtifacts'][number] }) {
  const { name, digest, size, folder, files, isCut } = artifact;
  const texts = strings.debug;
  const [filter, setFilter] = useState('');
  const words = filter.trim().toLowerCase();
  const shown = words === '' ? files : files.filter(({ path }) => path.toLowerCase().includes(words));
  return (
    <details className={styles.artifact}>
      <summary title={digest}>
        <strong>{name}</strong>
        <span className={styles.quiet}>
          {texts.files(files.length, isCut)} · {fileSizeText(size)}
        </span>
      </summary>
      {folder && (
        <div className={styles.command}>
          <code>{folder}</code>
          <CopyButton text={folder} label={texts.copyPath(name)} />
        </div>
      )}
      {files.length > 12 && (
        <input
          type="search"
          aria-label={texts.findFileIn(name)}
          placeholder={texts.findFile}
          value={filter}
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul className={styles.files} tabIndex={0} aria-label={texts.filesOf(name)}>
        {shown.map((file) => (
          <li key={file.path}>
            <span>{file.path}</span>
            <small>{fileSizeText(file.size)}</small>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles.quiet}>{texts.noFile}</p>}
      {isCut && <p className={styles.quiet}>{texts.moreFiles}</p>}
    </details>
  );
}
