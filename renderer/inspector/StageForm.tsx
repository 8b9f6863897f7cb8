import { useMemo } from 'react';
import { runOrderGroups, type StageDeclaration, stageSchema } from '../../shared/model/declaration.ts';
import { renameStage } from '../../shared/model/edits/renames.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { isElsewhere, usesOfWhole } from '../../shared/references/findUses.ts';
import { FixButtons } from '../problems/FixButtons.tsx';
import { setSelection } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { GateState } from '../transitions/GateState.tsx';
import { stageStateOf, usePipelines } from '../transitions/pipelineStore.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import { ConditionsForm } from './conditions/ConditionsForm.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { actionDrawers, ruleDrawers } from './edits/drawers.ts';
import { replaceStage } from './edits/replace.ts';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { InspectorHeader } from './InspectorHeader.tsx';
import { InspectorTabs } from './InspectorTabs.tsx';
import { JsonTab } from './JsonTab.tsx';
import { UsedBy } from './UsedBy.tsx';
import type { Inspected } from './useInspected.ts';

const words = strings.inspector.stage;

interface StageFormProps {
  inspected: Inspected;
  stage: StageDeclaration;
}

/** A stage: its name, its actions by run order, and what is set for its conditions. */
export function StageForm({ inspected, stage }: StageFormProps) {
  const index = inspected.pipeline.stages.findIndex(({ name }) => name === stage.name);
  return (
    <>
      <InspectorHeader
        title={stage.name}
        subtitle={words.subtitle(index + 1, inspected.pipeline.stages.length, stage.actions.length)}
      />
      <InspectorTabs
        label={words.title(stage.name)}
        tabs={[
          { id: 'stage', title: words.tabs.stage, content: () => <StageBody inspected={inspected} stage={stage} /> },
          {
            id: 'json',
            title: words.tabs.json,
            content: () => (
              <JsonTab
                value={stage}
                name={stage.name}
                schema={stageSchema}
                onApply={(value) => inspected.apply(replaceStage(inspected.pipeline, stage.name, value))}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function StageBody({ inspected, stage }: StageFormProps) {
  const { documentId, pipeline, problems, apply } = inspected;
  const uses = useMemo(
    () => stage.actions.flatMap((action) => usesOfWhole(pipeline, stage.name, action)).filter(isElsewhere(stage.name)),
    [pipeline, stage],
  );
  const rename = (to: string) => {
    if (!apply(renameStage(pipeline, stage, to.trim()))) return;
    for (const drawers of [actionDrawers, ruleDrawers]) drawers.move(documentId, stage.name, to.trim());
  };
  return (
    <>
      {problems
        .filter(({ where, field }) => where === stage.name && field !== 'name' && !isOfCondition(field))
        .map((problem) => (
          <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
            <strong>{strings.messages.text(problem.what)}</strong> {strings.messages.text(problem.fix)}{' '}
            <FixButtons problem={problem} />
          </p>
        ))}
      <FormRow label={words.name} problems={problemsAt(problems, stage.name, 'name')}>
        {(ids) => <TextControl ids={ids} value={stage.name} onCommit={rename} />}
      </FormRow>
      <h4 className={styles.heading}>{words.actions}</h4>
      {runOrderGroups(stage).map(({ runOrder, actions }) => (
        <div key={runOrder} className={styles.group}>
          <span className={styles.groupLabel}>{words.runOrder(runOrder)}</span>
          {actions.map((action) => (
            <button
              key={action.name}
              type="button"
              className={styles.actionLink}
              onClick={() => setSelection(`${stage.name}/${action.name}`)}
            >
              <ProviderGlyph category={action.actionTypeId.category} />
              <span>
                {action.name}
                <small>{strings.provided.text(findProvider(action.actionTypeId).shortLabel)}</small>
              </span>
            </button>
          ))}
        </div>
      ))}
      {stage.actions.length === 0 && <p className={styles.quiet}>{words.noActions}</p>}
      {uses.length > 0 && (
        <details className={styles.fold}>
          <summary>{words.usedByFields(uses.length)}</summary>
          <UsedBy name={stage.name} uses={uses} />
        </details>
      )}
      {pipeline.stages[0] !== stage && <Transition pipelineName={pipeline.name} stageName={stage.name} />}
      <ConditionsForm inspected={inspected} stage={stage} />
    </>
  );
}

/** The transition into the stage, as the gate on the canvas has it; unfolded while it is disabled. */
function Transition({ pipelineName, stageName }: { pipelineName: string; stageName: string }) {
  const stage = usePipelines(useMemo(() => stageStateOf(pipelineName, stageName), [pipelineName, stageName]));
  const { enabled = true } = stage?.inboundTransitionState ?? {};
  return (
    <details className={styles.fold} open={!enabled}>
      <summary>{words.transition(stageName, enabled)}</summary>
      <section className={styles.gate} aria-label={strings.transitions.into(stageName)}>
        <GateState pipelineName={pipelineName} stageName={stageName} onDone={() => {}} />
      </section>
    </details>
  );
}

/** Stands at a field of the conditions' own form. */
const isOfCondition = (field: string | undefined): boolean => {
  const [set = '', ...rest] = (field ?? '').split('.');
  return /^(beforeEntry|onSuccess|onFailure)$/.test(set) && OWN.test(rest.join('.'));
};
const OWN =
  /^(result|retryConfiguration.*|conditions\.0\.result|conditions\.0\.rules\.\d+\.(name|ruleTypeId|configuration\..+|commands.*|inputArtifacts.*|timeoutInMinutes|region|roleArn))$/;
