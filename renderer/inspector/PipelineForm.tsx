import { pipelineSchema } from '../../shared/model/declaration.ts';
import { FixButtons } from '../problems/FixButtons.tsx';
import { TriggersTab } from '../triggers/TriggersTab.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { setPipelineField } from './edits/pipelineEdits.ts';
import { replacePipeline } from './edits/replace.ts';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { InspectorHeader } from './InspectorHeader.tsx';
import { InspectorTabs } from './InspectorTabs.tsx';
import { JsonTab } from './JsonTab.tsx';
import { PipelineVariables } from './pipeline/PipelineVariables.tsx';
import { StoresForm } from './pipeline/StoresForm.tsx';
import { TriggersForm } from './pipeline/TriggersForm.tsx';
import type { Inspected } from './useInspected.ts';

const MODES = {
  SUPERSEDED: { label: 'Superseded', help: 'A newer execution overtakes one that waits at a stage.' },
  QUEUED: { label: 'Queued', help: 'Executions go through each stage one after the other.' },
  PARALLEL: { label: 'Parallel', help: 'Executions run side by side and know nothing of each other.' },
};

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** The pipeline itself, when nothing in it is selected. */
export function PipelineForm({ inspected }: { inspected: Inspected }) {
  const { pipeline } = inspected;
  const actions = pipeline.stages.reduce((sum, stage) => sum + stage.actions.length, 0);
  const faults = (field: string) =>
    problemsAt(inspected.problems, '', field).filter(({ severity }) => severity === 'error').length;
  return (
    <>
      <InspectorHeader
        title={pipeline.name || 'Unnamed pipeline'}
        subtitle={`Pipeline · ${count(pipeline.stages.length, 'stage')} · ${count(actions, 'action')}`}
      />
      <InspectorTabs
        label="Pipeline"
        tabs={[
          { id: 'pipeline', title: 'Pipeline', content: () => <PipelineBody inspected={inspected} /> },
          {
            id: 'variables',
            title: 'Variables',
            count: faults('variables'),
            content: () => <PipelineVariables inspected={inspected} />,
          },
          {
            id: 'triggers',
            title: 'Triggers',
            count: faults('triggers'),
            content: () => (
              <>
                <TriggersForm inspected={inspected} />
                <TriggersTab pipeline={pipeline} />
              </>
            ),
          },
          {
            id: 'json',
            title: 'JSON',
            content: () => (
              <JsonTab
                value={pipeline}
                name={pipeline.name}
                schema={pipelineSchema}
                onApply={(value) => inspected.apply(replacePipeline(pipeline, value))}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function PipelineBody({ inspected }: { inspected: Inspected }) {
  const { pipeline, problems, apply } = inspected;
  const at = (field: string) => problemsAt(problems, '', field);
  const shown = [
    'name',
    'roleArn',
    'pipelineType',
    'executionMode',
    'artifactStore',
    'artifactStores',
    'variables',
    'triggers',
  ];
  return (
    <>
      {problems
        .filter(({ where, field }) => where === '' && !(field && shown.includes(field.split('.')[0]!)))
        .map((problem) => (
          <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
            <strong>{problem.what}</strong> {problem.fix} <FixButtons problem={problem} />
          </p>
        ))}
      <FormRow label="Pipeline name" problems={at('name')}>
        {(ids) => (
          <TextControl
            ids={ids}
            value={pipeline.name}
            onCommit={(name) => apply(setPipelineField(pipeline, ['name'], name.trim()))}
          />
        )}
      </FormRow>
      <FormRow
        label="Pipeline type"
        help="V2 has triggers, variables, conditions and modes."
        problems={at('pipelineType')}
      >
        {(ids) => (
          <SelectControl
            ids={ids}
            value={pipeline.pipelineType ?? ''}
            options={[
              ...(pipeline.pipelineType ? [] : [{ value: '', label: 'Not set (V1)' }]),
              { value: 'V2', label: 'V2' },
              { value: 'V1', label: 'V1' },
            ]}
            onChange={(type) => apply(setPipelineField(pipeline, ['pipelineType'], type))}
          />
        )}
      </FormRow>
      <FormRow
        label="Execution mode"
        help={MODES[pipeline.executionMode ?? 'SUPERSEDED']?.help}
        problems={at('executionMode')}
      >
        {(ids) => (
          <SelectControl
            ids={ids}
            value={pipeline.executionMode ?? 'SUPERSEDED'}
            options={Object.entries(MODES).map(([value, { label }]) => ({ value, label }))}
            onChange={(mode) => apply(setPipelineField(pipeline, ['executionMode'], mode))}
          />
        )}
      </FormRow>
      <FormRow label="Service role ARN" help="Used by AWS only; a local run needs no role." problems={at('roleArn')}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={pipeline.roleArn}
            placeholder="arn:aws:iam::111122223333:role/pipeline"
            onCommit={(role) => apply(setPipelineField(pipeline, ['roleArn'], role.trim()))}
          />
        )}
      </FormRow>
      <StoresForm inspected={inspected} />
    </>
  );
}
