import { useRef, useState } from 'react';
import type { Binding, BindingKind } from '../../shared/model/sidecar.ts';
import type { BindingNeed, Fidelity } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { HandlerForm } from './HandlerForm.tsx';
import styles from './Inspector.module.css';
import { PipelineBindingForm } from './PipelineBindingForm.tsx';
import { ProjectForm } from './ProjectForm.tsx';
import { SimulationForm } from './SimulationForm.tsx';

/** What a kind is called where an action type takes it. */
function wordOf({ words }: BindingNeed, kind: BindingKind): string {
  const own = words?.[kind];
  return own === undefined ? strings.inspector.local.kinds[kind] : strings.provided.text(own);
}

interface BindingEditorProps {
  need: BindingNeed;
  binding: Binding | undefined;
  outputArtifacts: readonly string[];
  /** What the action is in a local run when nothing is bound. */
  fidelity: Fidelity;
  onChange: (binding: Binding | undefined) => void;
}

/** The local stand-in of one action: a path, a build project's environment, a handler, a worker or a scripted result. */
export function BindingEditor(props: BindingEditorProps) {
  const { need, binding, fidelity, onChange } = props;
  const [chosen, setChosen] = useState<BindingKind>();
  // What it was under kinds that are no longer chosen: choosing one again brings it back.
  const parked = useRef(new Map<BindingKind, Binding>());
  // An emulated action does something of its own when nothing is bound to it; a simulated one plays its script.
  const isFree = !need.required && fidelity === 'emulated';
  const kind = binding?.kind ?? chosen ?? (isFree ? undefined : need.kinds[0]!);
  const form = kind && <FormOfKind {...props} kind={kind} isKept={isFree} />;
  if (!isFree && (need.kinds.length === 1 || need.kinds.every(isPathKind))) return form;
  const options = [
    ...(isFree ? [{ value: '', label: strings.inspector.local.none }] : []),
    ...need.kinds.map((value) => ({ value, label: wordOf(need, value) })),
  ];
  const choose = (value: string) => {
    setChosen(value === '' ? undefined : (value as BindingKind));
    if (binding) parked.current.set(binding.kind, binding);
    const isWhole = value === 'jobWorker' || (isFree && value === 'simulation');
    onChange(parked.current.get(value as BindingKind) ?? (isWhole ? ({ kind: value } as Binding) : undefined));
  };
  return (
    <>
      <FormRow label={strings.inspector.local.isA} help={strings.provided.text(need.question)}>
        {(ids) => <SelectControl ids={ids} value={kind ?? ''} options={options} onChange={choose} />}
      </FormRow>
      {form}
    </>
  );
}

function FormOfKind(props: BindingEditorProps & { kind: BindingKind; isKept: boolean }) {
  const { kind, isKept, need, binding, outputArtifacts, onChange } = props;
  if (kind === 'jobWorker') return <p className={styles.quiet}>{strings.inspector.local.jobWorker}</p>;
  if (kind === 'handler')
    return <HandlerForm handler={binding?.kind === 'handler' ? binding : undefined} onChange={onChange} />;
  if (kind === 'pipeline')
    return <PipelineBindingForm pipeline={binding?.kind === 'pipeline' ? binding : undefined} onChange={onChange} />;
  if (kind === 'project')
    return (
      <ProjectForm
        project={binding?.kind === 'project' ? binding : undefined}
        withoutBuildspec={need.withoutBuildspec === true}
        onChange={onChange}
      />
    );
  if (kind === 'simulation')
    return (
      <SimulationForm
        simulation={binding?.kind === 'simulation' ? binding : undefined}
        isKept={isKept}
        outputArtifacts={outputArtifacts}
        onChange={onChange}
      />
    );
  return <PathForm need={need} kind={kind} binding={binding} onChange={onChange} />;
}

type PathKind = 'repository' | 'folder' | 'file';
const isPathKind = (kind: BindingKind): kind is PathKind =>
  kind === 'repository' || kind === 'folder' || kind === 'file';

function PathForm(props: Pick<BindingEditorProps, 'need' | 'binding' | 'onChange'> & { kind: PathKind }) {
  const { need, kind, binding, onChange } = props;
  const path = binding && 'path' in binding && typeof binding.path === 'string' ? binding.path : '';
  const kinds = need.kinds.filter(isPathKind);
  return (
    <>
      <h4 className={styles.heading}>{strings.provided.text(need.question)}</h4>
      {kinds.length > 1 && (
        <FormRow label={strings.inspector.local.pathIsA}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={kind}
              options={kinds.map((value) => ({ value, label: wordOf(need, value) }))}
              onChange={(value) => onChange({ kind: value as PathKind, path: path || '.' })}
            />
          )}
        </FormRow>
      )}
      <FormRow
        label={wordOf(need, kind)}
        optional={!need.required}
        help={need.required && path === '' ? strings.inspector.local.runAsks : strings.inspector.local.relativePaths}
      >
        {(ids) => (
          <PathControl
            ids={ids}
            purpose={kind === 'file' ? 'file' : 'folder'}
            value={path}
            onCommit={(value) => onChange(value === '' ? undefined : { kind, path: value })}
          />
        )}
      </FormRow>
    </>
  );
}
