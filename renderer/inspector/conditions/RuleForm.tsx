import { useMemo } from 'react';
import { conditionSets, type RuleDeclaration, ruleKey } from '../../../shared/model/declaration.ts';
import { localRuleOf } from '../../../shared/providers/provider.ts';
import { findRuleType, ruleTypes } from '../../../shared/providers/table.ts';
import { strings } from '../../strings/strings.ts';
import { BindingEditor } from '../BindingEditor.tsx';
import { ConfigurationField } from '../ConfigurationField.tsx';
import { ChipsControl } from '../controls/ChipsControl.tsx';
import { FormRow } from '../controls/FormRow.tsx';
import { SelectControl } from '../controls/SelectControl.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { VariablePicker } from '../controls/VariablePicker.tsx';
import { connectInput, disconnectInput, setActionField, setConfiguration } from '../edits/actionEdits.ts';
import { availableArtifacts } from '../edits/available.ts';
import { type ConditionPlace, removeRule, renameRule, rulePath } from '../edits/conditionEdits.ts';
import { ruleDrawers } from '../edits/drawers.ts';
import { switchRuleType } from '../edits/switchRuleType.ts';
import { isRequired, problemsAt } from '../fieldState.ts';
import inspector from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';
import { scopeAt } from '../variables/scopeAt.ts';
import { VariableScope } from '../variables/VariableScope.tsx';
import styles from './ConditionsForm.module.css';
import { RulePlace } from './RulePlace.tsx';
import { RuleState } from './RuleState.tsx';

const words = strings.inspector.stage;

interface RuleFormProps {
  inspected: Inspected;
  place: ConditionPlace;
  rule: RuleDeclaration;
  index: number;
}

/** One rule, generated from what its type declares: its keys, its commands and inputs, and what stands for it here. */
export function RuleForm({ inspected, place, rule, index }: RuleFormProps) {
  const { documentId, pipeline, problems, apply, sidecar } = inspected;
  const { stage, conditionType } = place;
  const set = conditionSets[conditionType];
  const type = findRuleType(rule.ruleTypeId);
  const path = rulePath(place, index);
  const configuration = rule.configuration ?? {};
  const at = (field: string) => problemsAt(problems, stage.name, `${set}.conditions.0.rules.${index}.${field}`);
  const inputs = (rule.inputArtifacts ?? []).map(({ name }) => name);
  const scope = useMemo(
    () => scopeAt(pipeline, { stageName: stage.name, set }, sidecar),
    [pipeline, stage.name, set, sidecar],
  );
  // A condition before entry sees what earlier stages made; the others what this one made too.
  const choices = availableArtifacts(pipeline, stage.name, conditionType === 'BEFORE_ENTRY' ? 0 : 1000);
  const types = ruleTypes.map(({ label, ruleTypeId }) => ({
    value: ruleTypeId.provider,
    label: strings.provided.text(label),
  }));
  const key = ruleKey(stage.name, conditionType, rule.name);
  const binding = Object.hasOwn(sidecar.bindings, key) ? sidecar.bindings[key] : undefined;
  const rename = (to: string) => {
    if (apply(renameRule(place, index, to.trim())))
      ruleDrawers.move(documentId, key, ruleKey(stage.name, conditionType, to.trim()));
  };
  const unknown = Object.entries(configuration).filter(([name]) => !type || !Object.hasOwn(type.configuration, name));
  return (
    <VariableScope value={scope}>
      <section className={styles.rule} aria-label={words.rule(rule.name)}>
        <div className={styles.head}>
          <strong>{rule.name}</strong>
          <button
            type="button"
            className={styles.remove}
            aria-label={words.removeRule(rule.name)}
            onClick={() => apply(removeRule(place, index))}
          >
            {words.remove}
          </button>
        </div>
        <FormRow label={words.ruleName} problems={at('name')}>
          {(ids) => <TextControl ids={ids} value={rule.name} onCommit={rename} />}
        </FormRow>
        <FormRow label={words.ruleType} help={type && strings.provided.text(type.help)} problems={at('ruleTypeId')}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={rule.ruleTypeId.provider}
              options={types}
              onChange={(provider) => {
                const next = findRuleType({ provider });
                if (next)
                  apply(switchRuleType(place, index, next, { drawer: ruleDrawers.of(documentId, key), binding }));
              }}
            />
          )}
        </FormRow>
        {type &&
          Object.entries(type.configuration).map(([name, field]) => (
            <ConfigurationField
              key={name}
              field={field}
              value={Object.hasOwn(configuration, name) ? configuration[name]! : ''}
              isRequired={isRequired(field.required, configuration, inputs.length)}
              problems={at(`configuration.${name}`)}
              inputArtifacts={inputs}
              onCommit={(value) => apply(setConfiguration(rule, path, name, value))}
            />
          ))}
        <RuleState rule={rule} />
        {unknown.map(([name, value]) => (
          <FormRow key={name} label={name} help={words.unknownKey} problems={at(`configuration.${name}`)}>
            {(ids) => (
              <TextControl
                ids={ids}
                value={value}
                onCommit={(text) => apply(setConfiguration(rule, path, name, text))}
              />
            )}
          </FormRow>
        ))}
        {type?.commandsField && (
          <FormRow
            label={strings.inspector.action.commands}
            aside={<VariablePicker fieldLabel={strings.inspector.action.commands} />}
            help={words.ruleCommandsHelp}
            problems={at('commands')}
          >
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                multiline
                takesVariables
                rows={4}
                value={(rule.commands ?? []).join('\n')}
                onCommit={(text) =>
                  apply(
                    setActionField(
                      rule,
                      path,
                      'commands',
                      text.split('\n').filter((line) => line.trim() !== ''),
                    ),
                  )
                }
              />
            )}
          </FormRow>
        )}
        {type && (type.inputs[1] > 0 || inputs.length > 0) && (
          <FormRow
            group
            label={strings.inspector.action.inputs}
            optional={type.inputs[0] === 0}
            problems={at('inputArtifacts')}
          >
            {() => (
              <ChipsControl
                label={words.ruleInputs(rule.name)}
                names={inputs}
                choices={choices.map(({ name, producer }) => ({ name, detail: producer }))}
                addLabel={words.connect}
                emptyHint={words.noInputs}
                onAdd={(name) => apply(connectInput(rule, path, name))}
                onRemove={(name) => apply(disconnectInput(rule, path, name))}
              />
            )}
          </FormRow>
        )}
        <RulePlace inspected={inspected} rule={rule} path={path} type={type} at={at} />
        {type && (
          <details className={inspector.fold}>
            <summary>
              {strings.inspector.local.hereIs(strings.inspector.local.fidelity[localRuleOf(type, binding).fidelity])}
            </summary>
            <p className={inspector.quiet}>{strings.provided.text(type.local.note)}</p>
            {type.local.binding && (
              <BindingEditor
                fidelity={type.local.fidelity}
                need={type.local.binding}
                binding={binding}
                outputArtifacts={[]}
                onChange={(next) =>
                  inspected.applySidecar(strings.inspector.edits.changeStandIn(rule.name), (before) => {
                    const { [key]: _, ...others } = before.bindings;
                    return { ...before, bindings: next ? { ...others, [key]: next } : others };
                  })
                }
              />
            )}
          </details>
        )}
      </section>
    </VariableScope>
  );
}
