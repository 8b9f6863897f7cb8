import type { Binding } from '../../shared/model/sidecar.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { recordOf, trimmed } from './edits/bindings.ts';
import styles from './Inspector.module.css';

type Project = Extract<Binding, { kind: 'project' }>;

interface ProjectFormProps {
  project: Project | undefined;
  /** The action itself holds what runs. */
  withoutBuildspec: boolean;
  onChange: (binding: Binding | undefined) => void;
}

/** What a build project has in AWS and a local run needs: buildspec, container, environment, secrets. */
export function ProjectForm({ project, withoutBuildspec, onChange }: ProjectFormProps) {
  const now: Project = project ?? { kind: 'project' };
  const change = (changed: Partial<Project>) => onChange(trimmed({ ...now, ...changed }));
  return (
    <>
      {!withoutBuildspec && (
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
      )}
      <FormRow
        label="Container image"
        optional
        help="It runs in a container of this image, which must be on this machine. Absent: in a shell of this machine."
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
      {now.container && (
        <FormRow label="Network of the container" help="None keeps the build off every network.">
          {(ids) => (
            <SelectControl
              ids={ids}
              value={now.container?.network ?? 'bridge'}
              options={[
                { value: 'bridge', label: 'Its own, with a way out' },
                { value: 'host', label: 'That of this machine' },
                { value: 'none', label: 'None' },
              ]}
              onChange={(network) => now.container && change({ container: withNetwork(now.container, network) })}
            />
          )}
        </FormRow>
      )}
      {!withoutBuildspec && (
        <p className={styles.quiet}>
          What the buildspec caches is kept between runs of this pipeline, on this machine.
        </p>
      )}
      <FormRow label={withoutBuildspec ? 'Environment of the commands' : 'Environment of the project'} optional group>
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

/** The container with another network; its own is what it has when none is named. */
function withNetwork({ network: _, ...container }: NonNullable<Project['container']>, network: string) {
  return { ...container, ...((network === 'host' || network === 'none') && { network: network as 'host' | 'none' }) };
}
