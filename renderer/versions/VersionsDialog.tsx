import { useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { DiffView } from '../aws/DiffView.tsx';
import { client } from '../bridge.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { closeDialog } from '../state/uiStore.ts';
import { language, strings } from '../strings/strings.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './VersionsDialog.module.css';

const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const textOf = (pipeline: unknown): string => JSON.stringify(pipeline, null, 2);

/** The definitions of a pipeline that were started here: read one, or compare it with the text as it is edited. */
export function VersionsDialog({ pipelineName, version }: { pipelineName: string; version: number | undefined }) {
  const [versions, setVersions] = useState<readonly { version: number; createdAt: number }[]>();
  const [chosen, setChosen] = useState(version ?? 0);
  const [kept, setKept] = useState<{ version: number; text: string }>();
  const [problem, setProblem] = useState<Problem>();
  const edited = useDocuments((documents) => {
    const pipeline = activePipeline(documents);
    return pipeline?.name === pipelineName ? pipeline : undefined;
  });
  const [isCompared, setIsCompared] = useState(version === undefined);

  useEffect(() => {
    let isCurrent = true;
    client.listPipelineVersions({ pipelineName }).then(
      ({ versions: found }) => {
        if (!isCurrent) return;
        setVersions(found);
        setChosen((now) => now || (found[0]?.version ?? 0));
      },
      (error: unknown) => isCurrent && setProblem(toProblem('versions.list', error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [pipelineName]);
  useEffect(() => {
    if (chosen === 0) return;
    let isCurrent = true;
    setProblem(undefined);
    client.getPipelineVersion({ pipelineName, version: chosen }).then(
      (found) => isCurrent && setKept({ version: found.version, text: textOf(found.pipeline) }),
      (error: unknown) => isCurrent && setProblem(toProblem('versions.read', error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [pipelineName, chosen]);

  const isHere = kept?.version === chosen;
  return (
    <Modal title={strings.versions.title(pipelineName)} size="large" onClose={closeDialog}>
      {problem && (
        <p className={styles.fault} role="alert">
          {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
        </p>
      )}
      {!versions && !problem && <p className={styles.quiet}>{strings.versions.reading}</p>}
      {versions?.length === 0 && <p className={styles.quiet}>{strings.versions.none}</p>}
      {versions && versions.length > 0 && (
        <div className={styles.columns}>
          <fieldset className={styles.versions}>
            <legend className="visually-hidden">{strings.versions.legend}</legend>
            {versions.map((one) => (
              <label key={one.version} className={styles.version}>
                <input
                  type="radio"
                  name="version"
                  checked={chosen === one.version}
                  onChange={() => setChosen(one.version)}
                />
                <span>
                  <strong>{strings.versions.version(one.version)}</strong>
                  <small>{when.format(one.createdAt)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <div className={styles.content}>
            {edited && (
              <label className={styles.compare}>
                <input type="checkbox" checked={isCompared} onChange={(event) => setIsCompared(event.target.checked)} />
                {strings.versions.compare}
              </label>
            )}
            {isHere && edited && isCompared && (
              <DiffView
                before={kept.text}
                after={textOf(edited)}
                label={strings.versions.difference(chosen)}
                same={strings.versions.same}
              />
            )}
            {isHere && !(edited && isCompared) && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
              <section className={styles.text} tabIndex={0} aria-label={strings.versions.text(chosen)}>
                <pre>{kept.text}</pre>
              </section>
            )}
          </div>
        </div>
      )}
    </Modal>
  );
}
