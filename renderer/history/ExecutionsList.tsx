import Box from '@cloudscape-design/components/box';
import CloudscapeButton from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useMemo } from 'react';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { runPipeline } from '../run/runPipeline.ts';
import { useDocuments } from '../state/documentStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { showView } from '../state/uiStore.ts';
import { durationText } from '../ui/duration.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './History.module.css';
import { filterByStatus, loadExecutions, matching, openExecution, useHistory } from './historyStore.ts';

const STATUSES = ['InProgress', 'Succeeded', 'Failed', 'Stopped', 'Stopping', 'Superseded', 'Cancelled'] as const;
const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TRIGGERS: Record<string, string> = {
  StartPipelineExecution: 'Started by hand',
  CreatePipeline: 'Pipeline created',
  WebhookV2: 'Push or pull request',
  ManualRollback: 'Rolled back by hand',
  AutomatedRollback: 'Rolled back',
};

const columns = [
  {
    id: 'status',
    header: 'Status',
    minWidth: 150,
    cell: (one: ExecutionSummary) => (
      <span className={styles.status}>
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
      <button type="button" className={styles.open} onClick={() => openExecution(one.pipelineExecutionId)}>
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
  const shown = useMemo(() => matching(executions, filter), [executions, filter]);
  const chosen = status === '' ? ANY : { value: status, label: statusText(status) };

  return (
    <section className={styles.list} aria-label="Executions">
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
        header={
          <Header
            variant="h1"
            counter={total > 0 ? `(${total})` : undefined}
            description="Every execution on this machine, newest first."
          >
            Executions
          </Header>
        }
        filter={
          <div className={styles.filters}>
            <TextFilter
              filteringText={filter}
              filteringPlaceholder="Find by pipeline, revision or id"
              filteringAriaLabel="Find executions"
              countText={filter ? `${shown.length} of ${executions.length}` : ''}
              onChange={({ detail }) => useHistory.setState({ filter: detail.filteringText })}
            />
            <Select
              ariaLabel="Status"
              selectedOption={chosen}
              options={[ANY, ...STATUSES.map((value) => ({ value, label: statusText(value) }))]}
              onChange={({ detail }) => filterByStatus((detail.selectedOption.value ?? '') as typeof status)}
            />
          </div>
        }
        empty={
          problem ? (
            <Box color="text-status-error" textAlign="center">
              <p role="alert">
                {problem.what} {problem.fix}
              </p>
              <CloudscapeButton onClick={() => void loadExecutions()}>Read again</CloudscapeButton>
            </Box>
          ) : (
            <div className={styles.empty}>
              <strong>{filter || status ? 'No execution matches' : 'No executions yet'}</strong>
              {filter || status ? (
                <CloudscapeButton
                  onClick={() => {
                    useHistory.setState({ filter: '' });
                    filterByStatus('');
                  }}
                >
                  Clear the filter
                </CloudscapeButton>
              ) : activeId ? (
                <CloudscapeButton variant="primary" onClick={() => void runPipeline(activeId)}>
                  Run now
                </CloudscapeButton>
              ) : (
                <CloudscapeButton onClick={() => showView('start')}>Open a pipeline</CloudscapeButton>
              )}
            </div>
          )
        }
        footer={
          executions.length < total && executions.length > 0 ? (
            <Box textAlign="center">
              <CloudscapeButton loading={isLoading} onClick={() => void loadExecutions({ older: true })}>
                Show older executions
              </CloudscapeButton>
            </Box>
          ) : undefined
        }
      />
    </section>
  );
}

const ANY = { value: '', label: 'Any status' };
