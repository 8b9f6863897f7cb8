import { useMemo } from 'react';
import { runOrderGroups, type StageDeclaration, stageSchema } from '../../shared/model/declaration.ts';
import { renameStage } from '../../shared/model/edits/renames.ts';
import { findProvider, findRuleType } from '../../shared/providers/table.ts';
import { isElsewhere, usesOfWhole } from '../../shared/references/findUses.ts';
import { setSelection } from '../state/documentStore.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { replaceStage } from './edits/replace.ts';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { InspectorHeader } from './InspectorHeader.tsx';
import { InspectorTabs } from './InspectorTabs.tsx';
import { JsonTab } from './JsonTab.tsx';
import { UsedBy } from './UsedBy.tsx';
import type { Inspected } from './useInspected.ts';

const CONDITIONS = [
  ['beforeEntry', 'Before entry'],
  ['onSuccess', 'On success'],
  ['onFailure', 'On failure'],
] as const;

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
        subtitle={`Stage ${index + 1} of ${inspected.pipeline.stages.length} · ${stage.actions.length} ${stage.actions.length === 1 ? 'action' : 'actions'}`}
      />
      <InspectorTabs
        label={`Stage ${stage.name}`}
        tabs={[
          { id: 'stage', title: 'Stage', content: () => <StageBody inspected={inspected} stage={stage} /> },
          {
            id: 'json',
            title: 'JSON',
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
  const { pipeline, problems, apply } = inspected;
  const uses = useMemo(
    () => stage.actions.flatMap((action) => usesOfWhole(pipeline, stage.name, action)).filter(isElsewhere(stage.name)),
    [pipeline, stage],
  );
  const set = CONDITIONS.filter(([key]) => stage[key] !== undefined);
  return (
    <>
      {problems
        .filter(({ where, field }) => where === stage.name && field !== 'name')
        .map((problem) => (
          <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
            <strong>{problem.what}</strong> {problem.fix}
          </p>
        ))}
      <FormRow label="Stage name" problems={problemsAt(problems, stage.name, 'name')}>
        {(ids) => (
          <TextControl ids={ids} value={stage.name} onCommit={(to) => apply(renameStage(pipeline, stage, to.trim()))} />
        )}
      </FormRow>
      <h4 className={styles.heading}>Actions</h4>
      {runOrderGroups(stage).map(({ runOrder, actions }) => (
        <div key={runOrder} className={styles.group}>
          <span className={styles.groupLabel}>Run order {runOrder}</span>
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
                <small>{findProvider(action.actionTypeId).shortLabel}</small>
              </span>
            </button>
          ))}
        </div>
      ))}
      {stage.actions.length === 0 && <p className={styles.quiet}>No actions yet.</p>}
      <details className={styles.fold}>
        <summary>{`Used by ${uses.length} ${uses.length === 1 ? 'field' : 'fields'} of other stages`}</summary>
        <UsedBy name={stage.name} uses={uses} />
      </details>
      <h4 className={styles.heading}>Conditions</h4>
      {set.length === 0 && <p className={styles.quiet}>None. The stage is entered and left without checks.</p>}
      {set.map(([key, title]) => {
        const conditions = stage[key]?.conditions ?? [];
        const rules = conditions.flatMap((condition) => condition.rules ?? []);
        const result =
          conditions[0]?.result ?? (key === 'onFailure' ? stage.onFailure?.result : undefined) ?? 'no result set';
        return (
          <div key={key} className={styles.group}>
            <span className={styles.groupLabel}>
              {title} → {result}
            </span>
            {rules.map((rule) => (
              <p key={rule.name} className={styles.quiet}>
                {rule.name}: {findRuleType(rule.ruleTypeId)?.label ?? rule.ruleTypeId.provider}
              </p>
            ))}
          </div>
        );
      })}
      {set.length > 0 && <p className={styles.quiet}>Shown as the file has them.</p>}
    </>
  );
}
