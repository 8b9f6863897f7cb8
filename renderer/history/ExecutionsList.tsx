import Table from '@cloudscape-design/components/table';
import { useEffect, useMemo, useRef } from 'react';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { runPipeline } from '../run/runPipeline.ts';
import { reasonOf } from '../run/whyHere.ts';
import { useDocuments } from '../state/documentStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { showView } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { durationText } from '../ui/duration.ts';
import { SearchIcon } from '../ui/icons.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './History.module.css';
import { filterByStatus, loadExecutions, matching, openExecution, useHistory } from './historyStore.ts';

const STATUSES = ['InProgress', 'Succeeded', 'Failed', 'Stopped', 'Stopping', 'Superseded', 'Cancelled'] as const;
const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TRIGGERS: Record<string, string> = {
  StartPipelineExecution: 'Started by hand',
  CreatePipeline: 'Pipeline created',
  PollForSourceChanges: 'Push',
  Webhook: 'Push',
  WebhookV2: 'Push or pull request',
  ManualRollback: 'Rolled back by hand',
  AutomatedRollback: 'Rolled back',
};

/** The reason of its state becomes the tooltip when somebody looks at it: it takes the events of the execution. */
const tellWhy =
  (pipelineExecutionId: string) =>
  ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    void reasonOf(pipelineExecutionId).then((reason) => {
      currentTarget.title = reason;
    });
  };

const columns = [
  {
    id: 'status',
    header: 'Status',
    minWidth: 150,
    cell: (one: ExecutionSummary) => (
      <span className={styles.status} onPointerEnter={tellWhy(one.pipelineExecutionId)}>
        <StatusIcon status={one.waitsForApproval ? 'Waiting' : one.status} />
        {one.waitsForApproval ? 'Waits for approval' : statusText(one.status)}
      </span>
    ),
  },
  {
    id: 'pipeline',
    header: 'Pipeline',
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
    header: 'Source revision',
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
    header: 'Trigger',
    minWidth: 130,
    cell: (one: ExecutionSummary) => TRIGGERS[one.triggerType] ?? one.triggerType,
  },
  {
    id: 'started',
    header: 'Started',
    minWidth: 170,
    cell: (one: ExecutionSummary) => when.format(one.startTime),
  },
  {
    id: 'duration',
    header: 'Duration',
    minWidth: 100,
    cell: (one: ExecutionSummary) => (one.duration === undefined ? 'Running' : durationText(one.duration)),
  },
  {
    id: 'failed',
    header: 'First failure',
    minWidth: 150,
    cell: (one: ExecutionSummary) => one.failedAction || '–',
  },
];

export function ExecutionsList() {
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
    <section className={styles.list} aria-label="Executions">
      <header className={styles.head}>
        <h1>Executions {total > 0 && <span className={styles.total}>{total}</span>}</h1>
        <p className={styles.lead}>Every execution on this machine, newest first.</p>
        <div className={styles.filters}>
          <div className={styles.find}>
            <SearchIcon size={15} aria-hidden="true" />
            <input
              ref={search}
              type="search"
              aria-label="Find executions"
              placeholder="Find by pipeline, revision or id"
              value={filter}
              spellCheck={false}
              onChange={(event) => useHistory.setState({ filter: event.target.value })}
            />
          </div>
          <select
            className={styles.choice}
            aria-label="Status"
            value={status}
            onChange={(event) => filterByStatus(event.target.value as typeof status)}
          >
            <option value="">Any status</option>
            {STATUSES.map((value) => (
              <option key={value} value={value}>
                {statusText(value)}
              </option>
            ))}
          </select>
          <span role="status" className={styles.quiet}>
            {filter.trim() && `${shown.length} of ${executions.length}`}
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
        loadingText="Reading the history"
        onRowClick={({ detail }) => openExecution(detail.item.pipelineExecutionId)}
        ariaLabels={{ tableLabel: 'Executions' }}
        empty={
          problem ? (
            <div className={styles.empty}>
              <p className={styles.fault} role="alert">
                {problem.what} {problem.fix}
              </p>
              <Button onClick={() => void loadExecutions()}>Read again</Button>
            </div>
          ) : (
            <div className={styles.empty}>
              <strong>{isFiltered ? 'No execution matches' : 'No executions yet'}</strong>
              {isFiltered ? (
                <Button
                  onClick={() => {
                    useHistory.setState({ filter: '' });
                    filterByStatus('');
                    search.current?.focus();
                  }}
                >
                  Clear the filter
                </Button>
              ) : activeId ? (
                <Button variant="primary" onClick={() => void runPipeline(activeId)}>
                  Run now
                </Button>
              ) : (
                <Button onClick={() => showView('start')}>Open a pipeline</Button>
              )}
            </div>
          )
        }
        footer={
          executions.length < total && executions.length > 0 ? (
            <div className={styles.older}>
              <Button disabled={isLoading} onClick={() => void loadExecutions({ older: true })}>
                {isLoading ? 'Reading …' : 'Show older executions'}
              </Button>
            </div>
          ) : undefined
        }
      />
    </section>
  );
}
