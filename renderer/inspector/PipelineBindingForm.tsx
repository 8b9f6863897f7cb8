import type { Binding } from '../../shared/model/sidecar.ts';
import { strings } from '../strings/strings.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { SwitchControl } from './controls/SwitchControl.tsx';

type PipelineBinding = Extract<Binding, { kind: 'pipeline' }>;

interface PipelineBindingFormProps {
  pipeline: PipelineBinding | undefined;
  onChange: (binding: Binding | undefined) => void;
}

/** The pipeline of this machine that an action starts, and whether the action waits for its end. */
export function PipelineBindingForm({ pipeline, onChange }: PipelineBindingFormProps) {
  const words = strings.inspector.local;
  const change = (path: string, wait: boolean) =>
    onChange(
      path === '' && !wait ? undefined : { kind: 'pipeline', ...(path !== '' && { path }), ...(wait && { wait }) },
    );
  const { path = '', wait = false } = pipeline ?? {};
  return (
    <>
      <FormRow label={words.kinds.pipeline} optional help={words.pipelineHelp}>
        {(ids) => <PathControl ids={ids} purpose="file" value={path} onCommit={(next) => change(next, wait)} />}
      </FormRow>
      <FormRow label={words.wait} inline help={words.waitHelp}>
        {(ids) => <SwitchControl ids={ids} checked={wait} onChange={(next) => change(path, next)} />}
      </FormRow>
    </>
  );
}
