import { pipelineSchema } from '../../shared/model/declaration.ts';
import { FixButtons } from '../problems/FixButtons.tsx';
import { strings } from '../strings/strings.ts';
import { TriggersTab } from '../triggers/TriggersTab.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { setPipelineField } from './edits/pipelineEdits.ts';
import { replacePipeline } from './edits/replace.ts';
import { EXAMPLES } from './examples.ts';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { InspectorHeader } from './InspectorHeader.tsx';
import { InspectorTabs } from './InspectorTabs.tsx';
import { JsonTab } from './JsonTab.tsx';
import { PipelineVariables } from './pipeline/PipelineVariables.tsx';
import { StoresForm } from './pipeline/StoresForm.tsx';
import { TriggersForm } from './pipeline/TriggersForm.tsx';
import type { Inspected } from './useInspected.ts';

const words = strings.inspector.pipeline;

/** The pipeline itself, when nothing in it is selected. */
export function PipelineForm({ inspected }: { inspected: Inspected }) {
  const { pipeline } = inspected;
  const actions = pipeline.stages.reduce((sum, stage) => sum + stage.actions.length, 0);
  const faults = (field: string) =>
    problemsAt(inspected.problems, '', field).filter(({ severity }) => severity === 'error').length;
  return (
    <>
      <InspectorHeader
        title={pipeline.name || words.unnamed}
        subtitle={words.subtitle(pipeline.stages.length, actions)}
      />
      <InspectorTabs
        label={words.title}
        tabs={[
          { id: 'pipeline', title: words.tabs.pipeline, content: () => <PipelineBody inspected={inspected} /> },
          {
            id: 'variables',
            title: words.tabs.variables,
            count: faults('variables'),
            content: () => <PipelineVariables inspected={inspected} />,
          },
          {
            id: 'triggers',
            title: words.tabs.triggers,
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
            title: words.tabs.json,
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
            <strong>{strings.messages.text(problem.what)}</strong> {strings.messages.text(problem.fix)}{' '}
            <FixButtons problem={problem} />
          </p>
        ))}
      <FormRow label={words.name} problems={at('name')}>
        {(ids) => (
          <TextControl
            ids={ids}
            value={pipeline.name}
            onCommit={(name) => apply(setPipelineField(pipeline, ['name'], name.trim()))}
          />
        )}
      </FormRow>
      <FormRow label={words.type} help={words.typeHelp} problems={at('pipelineType')}>
        {(ids) => (
          <SelectControl
            ids={ids}
            value={pipeline.pipelineType ?? ''}
            options={[
              ...(pipeline.pipelineType ? [] : [{ value: '', label: words.typeNotSet }]),
              { value: 'V2', label: 'V2' },
              { value: 'V1', label: 'V1' },
            ]}
            onChange={(type) => apply(setPipelineField(pipeline, ['pipelineType'], type))}
          />
        )}
      </FormRow>
      <FormRow
        label={words.mode}
        help={words.modes[pipeline.executionMode ?? 'SUPERSEDED']?.help}
        problems={at('executionMode')}
      >
        {(ids) => (
          <SelectControl
            ids={ids}
            value={pipeline.executionMode ?? 'SUPERSEDED'}
            options={Object.entries(words.modes).map(([value, { label }]) => ({ value, label }))}
            onChange={(mode) => apply(setPipelineField(pipeline, ['executionMode'], mode))}
          />
        )}
      </FormRow>
      <FormRow label={words.roleArn} help={words.roleArnHelp} problems={at('roleArn')}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={pipeline.roleArn}
            placeholder={EXAMPLES.serviceRoleArn}
            onCommit={(role) => apply(setPipelineField(pipeline, ['roleArn'], role.trim()))}
          />
        )}
      </FormRow>
      <StoresForm inspected={inspected} />
    </>
  );
}
