import { looksLikeRegion, regionNames } from '../../shared/model/regionNames.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Field, FieldType } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';
import { ArtifactFileControl, artifactFileOf } from './controls/ArtifactFileControl.tsx';
import { ChoicesControl } from './controls/ChoicesControl.tsx';
import { EnvironmentControl } from './controls/EnvironmentControl.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { JsonControl } from './controls/JsonControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { SwitchControl } from './controls/SwitchControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { VariablePicker } from './controls/VariablePicker.tsx';
import { environmentRows, faultOf, isEnvironmentField, pairsOf } from './fieldState.ts';

/** Types whose control takes no text. */
const TYPED = new Set<FieldType>(['boolean', 'enum', 'artifactName']);

interface ConfigurationFieldProps {
  field: Field;
  value: string;
  isRequired: boolean;
  problems: readonly Problem[];
  inputArtifacts: readonly string[];
  onCommit: (value: string) => void;
}

/** One configuration key with the control that its type asks for. The wire value is always a text; '' = absent. */
export function ConfigurationField(props: ConfigurationFieldProps) {
  const { field, value, isRequired, problems, inputArtifacts, onCommit } = props;
  const label = strings.provided.text(field.label);
  // The field says itself what is missing; in its row only what to do about it is news.
  const terse = problems.map((problem) =>
    problem.code === 'configuration.missing' ? { ...problem, what: '' } : problem,
  );
  const fault = problems.length === 0 ? faultOf(field, value) : undefined;
  const shown = fault ? [{ code: 'field', severity: 'error' as const, where: '', what: fault, fix: '' }] : terse;
  const rows = isEnvironmentField(field) ? environmentRows(value) : undefined;
  // A reference may stand in every field but a secret; then the field is a text, whatever its type.
  const type = value.includes('#{') && TYPED.has(field.type) ? 'string' : field.type;
  const isChoices = type === 'csv' && field.values !== undefined && !value.includes('#{');
  const artifactFile = type === 'artifactFile' ? artifactFileOf(value, inputArtifacts) : undefined;
  // Rows that are none yet have no field that could take a reference.
  const isEmptyList = value === '' && (rows !== undefined || pairsOf(field.placeholder ?? '')?.length);
  const aside = type !== 'secret' && !isEmptyList && <VariablePicker fieldLabel={label} onPick={onCommit} />;
  return (
    <FormRow
      label={label}
      help={strings.provided.text(field.help)}
      optional={!isRequired}
      problems={shown}
      aside={aside}
      inline={type === 'boolean'}
      group={isChoices || rows !== undefined || artifactFile !== undefined}
    >
      {(ids) => {
        if (type === 'boolean') {
          const effective = value || field.default || 'false';
          return (
            <SwitchControl
              ids={ids}
              checked={effective.toLowerCase() === 'true'}
              onChange={(checked) => onCommit(String(checked))}
            />
          );
        }
        if (type === 'enum') {
          const absent = field.default
            ? strings.inspector.controls.byDefault(field.default)
            : isRequired
              ? strings.inspector.controls.choose
              : strings.inspector.controls.notSet;
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
        if (type === 'artifactName') {
          const absent =
            field.placeholder === undefined
              ? isRequired
                ? strings.inspector.controls.choose
                : strings.inspector.controls.notSet
              : strings.provided.text(field.placeholder);
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
        if (artifactFile)
          return (
            <ArtifactFileControl
              ids={ids}
              label={label}
              file={artifactFile}
              inputArtifacts={inputArtifacts}
              placeholder={field.placeholder}
              onCommit={onCommit}
            />
          );
        if (type === 'json')
          return (
            <JsonControl ids={ids} label={label} value={value} placeholder={field.placeholder} onCommit={onCommit} />
          );
        return (
          <TextControl
            ids={ids}
            suggestions={suggestionsFor(field)}
            value={value}
            placeholder={field.placeholder}
            mono={field.multiline || ['arn', 'path', 'artifactFile'].includes(field.type)}
            multiline={field.multiline}
            rows={Math.min(14, Math.max(3, value.split('\n').length))}
            secret={type === 'secret'}
            inputMode={field.type === 'integer' ? 'numeric' : undefined}
            takesVariables={type !== 'secret'}
            onCommit={onCommit}
          />
        );
      }}
    </FormRow>
  );
}

/** Names that the field usually holds; any other may be written too. */
function suggestionsFor({ placeholder = '', format }: Field): readonly string[] | undefined {
  if (format === 'timeZone') return timeZones();
  return looksLikeRegion(placeholder) ? regionNames : undefined;
}

const timeZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];
