import Table from '@cloudscape-design/components/table';
import { useEffect, useMemo, useRef } from 'react';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { runPipeline } from '../run/runPipeline.ts';
import { reasonOf } from '../run/whyHere.ts';
import { useDocuments } from '../state/documentStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { showView } from '../state/uiStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { durationText } from '../ui/duration.ts';
import { SearchIcon } from '../ui/icons.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './History.module.css';
import { filterByStatus, loadExecutions, matching, openExecution, useHistory } from './historyStore.ts';

const STATUSES = ['InProgress', 'Succeeded', 'Failed', 'Stopped', 'Stopping', 'Superseded', 'Cancelled'] as const;
const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const triggerText = (triggerType: string): string => {
  const texts: Readonly<Record<string, string>> = strings.history.list.triggers;
  return texts[triggerType] ?? triggerType;
};

/** The reason of its state becomes the tooltip when somebody looks at it: it takes the events of the execution. */
const tellWhy =
  (pipelineExecutionId: string) =>
  ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    void reasonOf(pipelineExecutionId).then((reason) => {
      currentTarget.title = reason;
    });
  };

const headers = strings.history.list.columns;
const columns = [
  {
    id: 'status',
    header: headers.status,
    minWidth: 150,
    cell: (one: ExecutionSummary) => (
      <span className={styles.status} onPointerEnter={tellWhy(one.pipelineExecutionId)}>
        <StatusIcon status={one.waitsForApproval ? 'Waiting' : one.status} />
        {one.waitsForApproval ? strings.history.waitsForApproval : statusText(one.status)}
      </span>
    ),
  },
  {
    id: 'pipeline',
    header: headers.pipeline,
    minWidth: 160,
    isRowHeader: true,
    cell: (one: ExecutionSummary) => (
      <button
        type="button"
        className={styles.open}
        data-execution={one.pipelineExecutionId}
        onPointerEnter={tellWhy(one.pipelineExecutionId)}
        onFocus={tellWhy(one.pipelineExecutionId)}
        onClick={() => openExecution(one.pipelineExecutionId)}
      >
        {one.pipelineName}
        <small>{one.pipelineExecutionId.slice(0, 8)}</small>
      </button>
    ),
  },
  {
    id: 'revision',
    header: headers.revision,
    minWidth: 220,
    cell: (one: ExecutionSummary) =>
      one.revisionId ? (
        <span className={styles.revision}>
          <code>{one.revisionId.slice(0, 8)}</code> {one.revisionSummary.split('\n', 1)[0]}
        </span>
      ) : (
        '–'
      ),
  },
  {
    id: 'trigger',
    header: headers.trigger,
    minWidth: 130,
    cell: (one: ExecutionSummary) => triggerText(one.triggerType),
  },
  {
    id: 'started',
    header: headers.started,
    minWidth: 170,
    cell: (one: ExecutionSummary) => when.format(one.startTime),
  },
  {
    id: 'duration',
    header: headers.duration,
    minWidth: 100,
    cell: (one: ExecutionSummary) =>
      one.duration === undefined ? strings.history.list.running : durationText(one.duration),
  },
  {
    id: 'failed',
    header: headers.failure,
    minWidth: 150,
    cell: (one: ExecutionSummary) => one.failedAction || '–',
  },
];

export function ExecutionsList() {
  const texts = strings.history.list;
  const { executions, total, isLoading, problem, filter, status } = useHistory();
  const activeId = useDocuments((documents) => documents.activeId);
  // Read again whenever an execution of this host starts, ends or waits.
  const notes = useExecution((store) => store.notes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the notes say when, not what.
  useEffect(() => void loadExecutions(), [notes]);
  const search = useRef<HTMLInputElement>(null);
  // Back from an execution: what was pressed is gone, so the focus goes to where one came from.
  useEffect(() => {
    const { leftId } = useHistory.getState();
    if (leftId === null || document.activeElement !== document.body) return;
    const row = document.querySelector<HTMLElement>(`[data-execution="${CSS.escape(leftId)}"]`);
    (row ?? search.current)?.focus();
  }, []);
  const shown = useMemo(() => matching(executions, filter), [executions, filter]);
  const isFiltered = filter.trim() !== '' || status !== '';

  return (
    <section className={styles.list} aria-label={texts.title}>
      <header className={styles.head}>
        <h1>
          {texts.title} {total > 0 && <span className={styles.total}>{total}</span>}
        </h1>
        <p className={styles.lead}>{texts.about}</p>
        <div className={styles.filters}>
          <div className={styles.find}>
            <SearchIcon size={15} aria-hidden="true" />
            <input
              ref={search}
              type="search"
              aria-label={texts.find}
              placeholder={texts.findHint}
              value={filter}
              spellCheck={false}
              onChange={(event) => useHistory.setState({ filter: event.target.value })}
            />
          </div>
          <select
            className={styles.choice}
            aria-label={texts.status}
            value={status}
            onChange={(event) => filterByStatus(event.target.value as typeof status)}
          >
            <option value="">{texts.anyStatus}</option>
            {STATUSES.map((value) => (
              <option key={value} value={value}>
                {statusText(value)}
              </option>
            ))}
          </select>
          <span role="status" className={styles.quiet}>
            {filter.trim() && texts.found(shown.length, executions.length)}
          </span>
        </div>
      </header>
      <Table<ExecutionSummary>
        variant="borderless"
        contentDensity="compact"
        stickyHeader
        wrapLines
        trackBy="pipelineExecutionId"
        items={shown}
        columnDefinitions={columns}
        loading={isLoading && executions.length === 0}
        loadingText={texts.reading}
        onRowClick={({ detail }) => openExecution(detail.item.pipelineExecutionId)}
        ariaLabels={{ tableLabel: texts.title }}
        empty={
          problem ? (
            <div className={styles.empty}>
              <p className={styles.fault} role="alert">
                {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
              </p>
              <Button onClick={() => void loadExecutions()}>{texts.readAgain}</Button>
            </div>
          ) : (
            <div className={styles.empty}>
              <strong>{isFiltered ? texts.noMatch : texts.none}</strong>
              {isFiltered ? (
                <Button
                  onClick={() => {
                    useHistory.setState({ filter: '' });
                    filterByStatus('');
                    search.current?.focus();
                  }}
                >
                  {texts.clear}
                </Button>
              ) : activeId ? (
                <Button variant="primary" onClick={() => void runPipeline(activeId)}>
                  {texts.run}
                </Button>
              ) : (
                <Button onClick={() => showView('start')}>{texts.open}</Button>
              )}
            </div>
          )
        }
        footer={
          executions.length < total && executions.length > 0 ? (
            <div className={styles.older}>
              <Button disabled={isLoading} onClick={() => void loadExecutions({ older: true })}>
                {isLoading ? texts.readingOlder : texts.older}
              </Button>
            </div>
          ) : undefined
        }
      />
    </section>
  );
}
