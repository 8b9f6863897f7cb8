import { useRef, useState } from 'react';
import type { Binding, BindingKind } from '../../shared/model/sidecar.ts';
import type { BindingNeed, Fidelity } from '../../shared/providers/provider.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { HandlerForm } from './HandlerForm.tsx';
import styles from './Inspector.module.css';
import { ProjectForm } from './ProjectForm.tsx';
import { SimulationForm } from './SimulationForm.tsx';

const KINDS: Record<BindingKind, string> = {
  repository: 'Git repository',
  folder: 'Folder',
  file: 'File',
  project: 'Build settings',
  handler: 'Handler file on this machine',
  jobWorker: 'Job worker',
  simulation: 'Scripted result',
};

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
  const wordOf = (kind: BindingKind) => need.words?.[kind] ?? KINDS[kind];
  // An emulated action does something of its own when nothing is bound to it; a simulated one plays its script.
  const isFree = !need.required && fidelity === 'emulated';
  const kind = binding?.kind ?? chosen ?? (isFree ? undefined : need.kinds[0]!);
  const form = kind && <FormOfKind {...props} kind={kind} isKept={isFree} />;
  if (!isFree && (need.kinds.length === 1 || need.kinds.every(isPathKind))) return form;
  const options = [
    ...(isFree ? [{ value: '', label: 'Checked here, no stand-in' }] : []),
    ...need.kinds.map((value) => ({ value, label: wordOf(value) })),
  ];
  const choose = (value: string) => {
    setChosen(value === '' ? undefined : (value as BindingKind));
    if (binding) parked.current.set(binding.kind, binding);
    const isWhole = value === 'jobWorker' || (isFree && value === 'simulation');
    onChange(parked.current.get(value as BindingKind) ?? (isWhole ? ({ kind: value } as Binding) : undefined));
  };
  return (
    <>
      <FormRow label="In a local run it is a" help={need.question}>
        {(ids) => <SelectControl ids={ids} value={kind ?? ''} options={options} onChange={choose} />}
      </FormRow>
      {form}
    </>
  );
}

function FormOfKind(props: BindingEditorProps & { kind: BindingKind; isKept: boolean }) {
  const { kind, isKept, need, binding, outputArtifacts, onChange } = props;
  if (kind === 'jobWorker')
    return (
      <p className={styles.quiet}>
        The action waits for a job worker. Its log says how to start one: penstock worker-env prints the address and the
        keys of the run.
      </p>
    );
  if (kind === 'handler')
    return <HandlerForm handler={binding?.kind === 'handler' ? binding : undefined} onChange={onChange} />;
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
      <h4 className={styles.heading}>{need.question}</h4>
      {kinds.length > 1 && (
        <FormRow label="It is a">
          {(ids) => (
            <SelectControl
              ids={ids}
              value={kind}
              options={kinds.map((value) => ({ value, label: need.words?.[value] ?? KINDS[value] }))}
              onChange={(value) => onChange({ kind: value as PathKind, path: path || '.' })}
            />
          )}
        </FormRow>
      )}
      <FormRow
        label={need.words?.[kind] ?? KINDS[kind]}
        optional={!need.required}
        help={need.required && path === '' ? 'A local run asks for it.' : 'Relative paths start at the pipeline file.'}
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
