import { Fragment, useEffect, useState } from 'react';
import type { PausedAction } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { CopyButton } from '../inspector/controls/CopyButton.tsx';
import { Button } from '../ui/Button.tsx';
import { fileSizeText } from '../ui/fileSizeText.ts';
import { continuePaused } from './debugRun.ts';
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
        {problem.what} {problem.fix}
      </p>
    );
  if (!paused) return <p className={styles.quiet}>Unpacking its inputs …</p>;
  return <Inspected paused={paused} stageName={stageName} actionName={actionName} />;
}

function Inspected({
  paused,
  stageName,
  actionName,
}: { paused: PausedAction } & Pick<PausedViewProps, 'stageName' | 'actionName'>) {
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
    <section className={styles.view} aria-label={`${actionName} is paused`}>
      <div className={styles.buttons}>
        <Button variant="primary" disabled={isBusy} onClick={() => void go(false)}>
          {count === 0 ? 'Continue' : count === 1 ? 'Continue with 1 change' : `Continue with ${count} changes`}
        </Button>
        {isBefore && (
          <Button disabled={isBusy} onClick={() => void go(true)}>
            Skip it
          </Button>
        )}
      </div>
      {paused.fault && <p className={styles.fault}>{paused.fault}</p>}

      <h4>Variables of this run</h4>
      {Object.keys(paused.variables).length === 0 ? (
        <p className={styles.quiet}>It can see none.</p>
      ) : (
        <div className={styles.variables}>
          {Object.entries(paused.variables).map(([key, value]) => {
            const now = changed[key] ?? value;
            return (
              <label key={key} data-changed={now !== value || undefined}>
                <span>{key}</span>
                <input
                  value={now}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) => setChanged({ ...changed, [key]: event.target.value })}
                />
              </label>
            );
          })}
          <p className={styles.quiet}>A change counts from here to the end of this run, and nowhere else.</p>
        </div>
      )}

      <h4>Configuration as resolved</h4>
      {configuration.length === 0 ? (
        <p className={styles.quiet}>It has none.</p>
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

      <h4>Input artifacts</h4>
      {paused.inputArtifacts.length === 0 && <p className={styles.quiet}>It takes none.</p>}
      {paused.inputArtifacts.map((artifact) => (
        <Artifact key={artifact.name} artifact={artifact} />
      ))}

      {paused.shellCommand && (
        <>
          <h4>A shell where it stands</h4>
          <div className={styles.command}>
            <code>{paused.shellCommand}</code>
            <CopyButton text={paused.shellCommand} label="Copy the command that opens a shell" />
          </div>
          <p className={styles.quiet}>Run it in a terminal: the same folder and environment as its commands get.</p>
        </>
      )}
      {paused.environment.length > 0 && (
        <details>
          <summary className={styles.summary}>
            Environment of its commands: {paused.environment.length}{' '}
            {paused.environment.length === 1 ? 'variable' : 'variables'}
          </summary>
          <p className={styles.names}>{paused.environment.join(', ')}</p>
        </details>
      )}
    </section>
  );
}

function Artifact({ artifact }: { artifact: PausedAction['inputArtifacts'][number] }) {
  const { name, digest, size, folder, files, isCut } = artifact;
  const [filter, setFilter] = useState('');
  const words = filter.trim().toLowerCase();
  const shown = words === '' ? files : files.filter(({ path }) => path.toLowerCase().includes(words));
  return (
    <details className={styles.artifact}>
      <summary title={digest}>
        <strong>{name}</strong>
        <span className={styles.quiet}>
          {files.length === 1 ? '1 file' : `${files.length}${isCut ? '+' : ''} files`} · {fileSizeText(size)}
        </span>
      </summary>
      {folder && (
        <div className={styles.command}>
          <code>{folder}</code>
          <CopyButton text={folder} label={`Copy the path of ${name}`} />
        </div>
      )}
      {files.length > 12 && (
        <input
          type="search"
          aria-label={`Find a file in ${name}`}
          placeholder="Find a file"
          value={filter}
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul className={styles.files} tabIndex={0} aria-label={`Files of ${name}`}>
        {shown.map((file) => (
          <li key={file.path}>
            <span>{file.path}</span>
            <small>{fileSizeText(file.size)}</small>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles.quiet}>No file matches.</p>}
      {isCut && <p className={styles.quiet}>More files lie in the folder.</p>}
    </details>
  );
}
