import { looksLikeRegion, regionNames } from '../../shared/model/regionNames.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Field } from '../../shared/providers/provider.ts';
import { ChoicesControl } from './controls/ChoicesControl.tsx';
import { EnvironmentControl } from './controls/EnvironmentControl.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { JsonControl } from './controls/JsonControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { SwitchControl } from './controls/SwitchControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { VariablePicker } from './controls/VariablePicker.tsx';
import { environmentRows, faultOf, isEnvironmentField } from './fieldState.ts';

interface ConfigurationFieldProps {
  field: Field;
  value: string;
  isRequired: boolean;
  problems: readonly Problem[];
  inputArtifacts: readonly string[];
  onCommit: (value: string) => void;
}

const TEXTUAL = ['string', 'json', 'csv', 'artifactFile', 'path', 'arn', 'integer'];

/** One configuration key with the control that its type asks for. The wire value is always a text; '' = absent. */
export function ConfigurationField(props: ConfigurationFieldProps) {
  const { field, value, isRequired, problems, inputArtifacts, onCommit } = props;
  // The field says itself what is missing; in its row only what to do about it is news.
  const terse = problems.map((problem) =>
    problem.code === 'configuration.missing' ? { ...problem, what: '' } : problem,
  );
  const fault = problems.length === 0 ? faultOf(field, value) : undefined;
  const shown = fault ? [{ code: 'field', severity: 'error' as const, where: '', what: fault, fix: '' }] : terse;
  const rows = isEnvironmentField(field) ? environmentRows(value) : undefined;
  const isChoices = field.type === 'csv' && field.values !== undefined && !value.includes('#{');
  const isSwitch = field.type === 'boolean' && !value.includes('#{');
  const aside = TEXTUAL.includes(field.type) && !isChoices && (
    <VariablePicker fieldLabel={field.label} onPick={(text) => onCommit(value + text)} />
  );
  return (
    <FormRow
      label={field.label}
      help={field.help}
      optional={!isRequired}
      problems={shown}
      aside={aside}
      inline={isSwitch}
      group={isChoices || rows !== undefined}
    >
      {(ids) => {
        if (isSwitch) {
          const effective = value || field.default || 'false';
          return (
            <SwitchControl
              ids={ids}
              checked={effective.toLowerCase() === 'true'}
              onChange={(checked) => onCommit(String(checked))}
            />
          );
        }
        if (field.type === 'enum' && !value.includes('#{')) {
          const absent = field.default ? `${field.default} (default)` : isRequired ? 'Choose …' : 'Not set';
          const options = (field.values ?? []).map((choice) => ({ value: choice, label: choice }));
          return (
            <SelectControl
              ids={ids}
              value={value}
              options={[{ value: '', label: absent }, ...options]}
              onChange={onCommit}
            />
          );
        }
        if (field.type === 'artifactName') {
          const absent = field.placeholder ?? (isRequired ? 'Choose …' : 'Not set');
          const options = inputArtifacts.map((artifact) => ({ value: artifact, label: artifact }));
          return (
            <SelectControl
              ids={ids}
              value={value}
              options={[{ value: '', label: absent }, ...options]}
              onChange={onCommit}
            />
          );
        }
        if (isChoices) return <ChoicesControl value={value} values={field.values ?? []} onCommit={onCommit} />;
        if (rows)
          return (
            <EnvironmentControl
              rows={rows}
              types={['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']}
              onChange={(next) => onCommit(next.length ? JSON.stringify(next) : '')}
            />
          );
        if (field.type === 'json')
          return (
            <JsonControl
              ids={ids}
              label={field.label}
              value={value}
              placeholder={field.placeholder}
              onCommit={onCommit}
            />
          );
        return (
          <TextControl
            ids={ids}
            suggestions={looksLikeRegion(field.placeholder ?? '') ? regionNames : undefined}
            value={value}
            placeholder={field.placeholder}
            mono={field.multiline || ['json', 'arn', 'path', 'artifactFile'].includes(field.type)}
            multiline={field.multiline}
            rows={Math.min(14, Math.max(3, value.split('\n').length))}
            secret={field.type === 'secret'}
            inputMode={field.type === 'integer' ? 'numeric' : undefined}
            takesVariables={TEXTUAL.includes(field.type) || value.includes('#{')}
            onCommit={onCommit}
          />
        );
      }}
    </FormRow>
  );
}
