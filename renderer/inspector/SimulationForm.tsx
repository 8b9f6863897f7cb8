import type { Binding } from '../../shared/model/sidecar.ts';
import { strings } from '../strings/strings.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { recordOf, trimmed } from './edits/bindings.ts';
import { integerOf } from './fieldState.ts';

const words = strings.inspector.local;

type Simulation = Extract<Binding, { kind: 'simulation' }>;

interface SimulationFormProps {
  simulation: Simulation | undefined;
  /** A scripted result without any setting still replaces what the action does otherwise. */
  isKept: boolean;
  outputArtifacts: readonly string[];
  onChange: (binding: Binding | undefined) => void;
}

/** How an action that is only played ends: result, time, message, variables and artifacts. */
export function SimulationForm({ simulation, isKept, outputArtifacts, onChange }: SimulationFormProps) {
  const now: Simulation = simulation ?? { kind: 'simulation' };
  const change = (changed: Partial<Simulation>) =>
    onChange(trimmed({ ...now, ...changed }) ?? (isKept ? { kind: 'simulation' } : undefined));
  return (
    <>
      <FormRow label={words.ends}>
        {(ids) => (
          <SelectControl
            ids={ids}
            value={now.result ?? 'Succeeded'}
            options={Object.entries(words.results).map(([value, label]) => ({ value, label }))}
            onChange={(result) => change({ result: result === 'Failed' ? 'Failed' : undefined })}
          />
        )}
      </FormRow>
      <FormRow label={words.delay} optional>
        {(ids) => (
          <TextControl
            ids={ids}
            inputMode="numeric"
            placeholder="500"
            value={now.delayMs === undefined ? '' : String(now.delayMs)}
            onCommit={(text) => change({ delayMs: Math.min(86_400_000, integerOf(text) ?? Number.NaN) || undefined })}
          />
        )}
      </FormRow>
      <FormRow label={words.message} optional>
        {(ids) => <TextControl ids={ids} value={now.message ?? ''} onCommit={(message) => change({ message })} />}
      </FormRow>
      <FormRow label={strings.inspector.action.outputVariables} optional group>
        {() => (
          <PairsControl
            itemLabel={strings.inspector.action.outputVariable}
            keyPlaceholder={words.addVariable}
            pairs={Object.entries(now.outputVariables ?? {})}
            onChange={(pairs) => change({ outputVariables: recordOf(pairs) })}
          />
        )}
      </FormRow>
      {outputArtifacts.map((name) => (
        <FormRow key={name} label={words.contentOf(name)} optional help={words.contentHelp}>
          {(ids) => (
            <PathControl
              ids={ids}
              purpose="folder"
              value={now.outputArtifacts?.[name] ?? ''}
              onCommit={(path) => {
                const { [name]: _, ...others } = now.outputArtifacts ?? {};
                const next = path === '' ? others : { ...others, [name]: path };
                change({ outputArtifacts: Object.keys(next).length ? next : undefined });
              }}
            />
          )}
        </FormRow>
      ))}
    </>
  );
}
