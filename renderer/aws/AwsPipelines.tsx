import { useCallback, useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { adopt } from '../state/documentStore.ts';
import { notifyFailure, openDialog, useUi } from '../state/uiStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { DownloadIcon, RetryIcon, RunIcon } from '../ui/icons.ts';
import styles from './aws.module.css';
import { startInAws } from './startInAws.ts';

type Pipelines = Awaited<ReturnType<typeof client.listAwsPipelines>>;
const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });

/**
 * The pipelines of the chosen account and region. Nothing is asked of AWS until a person presses the button: opening a
 * panel makes no connection.
 */
export function AwsPipelines() {
  const aws = useUi((ui) => ui.settings?.aws);
  const texts = strings.aws.pipelines;
  const [pipelines, setPipelines] = useState<Pipelines>();
  const [problem, setProblem] = useState<Problem>();
  const [isLoading, setIsLoading] = useState(false);
  const [filter, setFilter] = useState('');
  const [pulling, setPulling] = useState('');

  const load = useCallback(async () => {
    setIsLoading(true);
    setProblem(undefined);
    try {
      setPipelines(await client.listAwsPipelines({}));
    } catch (error) {
      setProblem(toProblem('aws.list', error));
    } finally {
      setIsLoading(false);
    }
  }, []);
  // Another account or region: what is listed is not there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings say when.
  useEffect(() => setPipelines(undefined), [aws?.profile, aws?.region, aws?.endpoint]);

  const pull = async (pipelineName: string) => {
    setPulling(pipelineName);
    try {
      adopt(await client.pullPipeline({ pipelineName }));
    } catch (error) {
      notifyFailure('aws.pull', error);
    } finally {
      setPulling('');
    }
  };
  const wanted = filter.toLowerCase();
  const shown = pipelines?.filter(({ name }) => name.toLowerCase().includes(wanted));

  return (
    <section className={styles.panel} aria-label={texts.title}>
      <header className={styles.panelHead}>
        <h2 className={styles.title}>{texts.title}</h2>
        {pipelines && <IconButton icon={RetryIcon} label={texts.again} onClick={() => void load()} />}
      </header>
      <p className={styles.quiet}>
        {texts.place(aws?.profile ?? '', aws?.region ?? '')}
        {aws?.endpoint && ` · ${aws.endpoint}`}
      </p>
      {problem && (
        <div className={styles.problem} role="alert">
          <strong>{strings.messages.text(problem.what)}</strong>
          <p>{strings.messages.text(problem.fix)}</p>
          <Button onClick={() => openDialog({ name: 'settings', page: 'engine' })}>{texts.settings}</Button>
        </div>
      )}
      {!pipelines && !problem && <p className={styles.quiet}>{texts.about}</p>}
      {!pipelines && (
        <Button onClick={() => void load()} disabled={isLoading}>
          {isLoading ? texts.asking : problem ? texts.retry : texts.list}
        </Button>
      )}
      {pipelines && pipelines.length > 6 && (
        <input
          className={styles.filter}
          aria-label={texts.filter}
          placeholder={texts.filterHint}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {shown && (
        <ul className={styles.pipelines} aria-busy={isLoading}>
          {shown.map(({ name, version, pipelineType, updated }) => (
            <li key={name}>
              <span className={styles.pipelineName}>
                {name}
                <small>
                  {texts.version(pipelineType, version)}
                  {updated > 0 && ` · ${when.format(updated)}`}
                </small>
              </span>
              <IconButton
                icon={DownloadIcon}
                label={texts.pull(name)}
                reason={pulling === name ? texts.beingPulled : undefined}
                onClick={() => void pull(name)}
              />
              <IconButton icon={RunIcon} label={texts.start(name)} onClick={() => void startInAws(name)} />
            </li>
          ))}
          {shown.length === 0 && <li className={styles.quiet}>{pipelines?.length ? texts.noMatch : texts.none}</li>}
        </ul>
      )}
    </section>
  );
}
