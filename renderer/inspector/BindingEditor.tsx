import { useState } from 'react';
import type { Binding, BindingKind } from '../../shared/model/sidecar.ts';
import type { BindingNeed } from '../../shared/providers/provider.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { integerOf } from './fieldState.ts';
import { HandlerForm } from './HandlerForm.tsx';
import styles from './Inspector.module.css';

const KINDS: Record<BindingKind, string> = {
  repository: 'Git repository',
  folder: 'Folder',
  file: 'File',
  project: 'Build project',
  handler: 'Handler file',
  jobWorker: 'Job worker',
  simulation: 'Simulation',
};

interface BindingEditorProps {
  need: BindingNeed;
  binding: Binding | undefined;
  outputArtifacts: readonly string[];
  onChange: (binding: Binding | undefined) => void;
}

type Project = Extract<Binding, { kind: 'project' }>;
type Simulation = Extract<Binding, { kind: 'simulation' }>;

const recordOf = (pairs: readonly [string, string][]): Record<string, string> | undefined =>
  pairs.length ? Object.fromEntries(pairs) : undefined;

/** Without the members that are undefined; nothing left but the kind = no binding. */
function trimmed<B extends Project | Simulation>(binding: B): B | undefined {
  const kept = Object.fromEntries(Object.entries(binding).filter(([, value]) => value !== undefined && value !== ''));
  return Object.keys(kept).length > 1 ? (kept as B) : undefined;
}

/** The local stand-in of one action: a path, a build project's environment, a handler, a worker or a scripted result. */
export function BindingEditor(props: BindingEditorProps) {
  const { need, binding, onChange } = props;
  const [chosen, setChosen] = useState<BindingKind>();
  const kind = binding?.kind ?? chosen ?? need.kinds[0]!;
  if (need.kinds.length === 1 || need.kinds.every(isPathKind)) return <FormOfKind {...props} kind={kind} />;
  return (
    <>
      <FormRow label="In a local run it is a">
        {(ids) => (
          <SelectControl
            ids={ids}
            value={kind}
            options={need.kinds.map((value) => ({ value, label: KINDS[value] }))}
            onChange={(value) => {
              setChosen(value as BindingKind);
              onChange(value === 'jobWorker' ? { kind: 'jobWorker' } : undefined);
            }}
          />
        )}
      </FormRow>
      <FormOfKind {...props} kind={kind} />
    </>
  );
}

function FormOfKind({ kind, need, binding, outputArtifacts, onChange }: BindingEditorProps & { kind: BindingKind }) {
  if (kind === 'jobWorker')
    return (
      <p className={styles.quiet}>
        The action waits for a job worker. Its log says how to start one: penstock worker-env prints the address and the
        keys of the run.
      </p>
    );
  if (kind === 'handler')
    return <HandlerForm handler={binding?.kind === 'handler' ? binding : undefined} onChange={onChange} />;
  if (kind === 'project') return <ProjectForm project={binding as Project | undefined} onChange={onChange} />;
  if (kind === 'simulation')
    return (
      <SimulationForm
        simulation={binding as Simulation | undefined}
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
              options={kinds.map((value) => ({ value, label: KINDS[value] }))}
              onChange={(value) => onChange({ kind: value as PathKind, path: path || '.' })}
            />
          )}
        </FormRow>
      )}
      <FormRow
        label={KINDS[kind]}
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

function ProjectForm({ project, onChange }: { project: Project | undefined } & Pick<BindingEditorProps, 'onChange'>) {
  const now: Project = project ?? { kind: 'project' };
  const change = (changed: Partial<Project>) => onChange(trimmed({ ...now, ...changed }));
  return (
    <>
      <FormRow
        label="Buildspec"
        optional
        help="A path in the source, or the buildspec itself. Absent: what the action says, else buildspec.yml."
      >
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            multiline
            rows={3}
            value={now.buildspec ?? ''}
            onCommit={(buildspec) => change({ buildspec })}
          />
        )}
      </FormRow>
      <FormRow
        label="Container image"
        optional
        help="The build runs in a container of this image, which must be on this machine. Absent: in a shell of this machine."
      >
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            placeholder="node:24"
            value={now.container?.image ?? ''}
            onCommit={(image) =>
              change({ container: image.trim() ? { ...now.container, image: image.trim() } : undefined })
            }
          />
        )}
      </FormRow>
      <FormRow label="Environment of the project" optional group>
        {() => (
          <PairsControl
            itemLabel="Variable"
            keyPlaceholder="Add variable"
            pairs={Object.entries(now.environment ?? {})}
            onChange={(pairs) => change({ environment: recordOf(pairs) })}
          />
        )}
      </FormRow>
      <FormRow
        label="Secrets from your environment"
        optional
        group
        help="For a reference to Parameter Store or Secrets Manager: the NAME of a variable of your own shell. The value is never written down."
      >
        {() => (
          <PairsControl
            itemLabel="Secret"
            keyPlaceholder="Add reference"
            valuePlaceholder="NAME"
            pairs={Object.entries(now.secretsFromEnvironment ?? {})}
            onChange={(pairs) => change({ secretsFromEnvironment: recordOf(pairs) })}
          />
        )}
      </FormRow>
    </>
  );
}

function SimulationForm(
  props: { simulation: Simulation | undefined } & Pick<BindingEditorProps, 'outputArtifacts' | 'onChange'>,
) {
  const { simulation, outputArtifacts, onChange } = props;
  const now: Simulation = simulation ?? { kind: 'simulation' };
  const change = (changed: Partial<Simulation>) => onChange(trimmed({ ...now, ...changed }));
  return (
    <>
      <FormRow label="It ends">
        {(ids) => (
          <SelectControl
            ids={ids}
            value={now.result ?? 'Succeeded'}
            options={['Succeeded', 'Failed'].map((value) => ({ value, label: value }))}
            onChange={(result) => change({ result: result === 'Failed' ? 'Failed' : undefined })}
          />
        )}
      </FormRow>
      <FormRow label="After milliseconds" optional>
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
      <FormRow label="Message" optional>
        {(ids) => <TextControl ids={ids} value={now.message ?? ''} onCommit={(message) => change({ message })} />}
      </FormRow>
      <FormRow label="Output variables" optional group>
        {() => (
          <PairsControl
            itemLabel="Output variable"
            keyPlaceholder="Add variable"
            pairs={Object.entries(now.outputVariables ?? {})}
            onChange={(pairs) => change({ outputVariables: recordOf(pairs) })}
          />
        )}
      </FormRow>
      {outputArtifacts.map((name) => (
        <FormRow
          key={name}
          label={`Content of ${name}`}
          optional
          help="A folder or zip that becomes the artifact. Absent: one text file that explains."
        >
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
