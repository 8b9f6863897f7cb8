import type { Binding } from '../../shared/model/sidecar.ts';
import { strings } from '../strings/strings.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { SelectControl } from './controls/SelectControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { recordOf, trimmed } from './edits/bindings.ts';
import { EXAMPLES } from './examples.ts';
import styles from './Inspector.module.css';

const words = strings.inspector.local;

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
        <FormRow label={words.buildspec} optional help={words.buildspecHelp}>
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
      <FormRow label={words.image} optional help={words.imageHelp}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            placeholder={EXAMPLES.image}
            value={now.container?.image ?? ''}
            onCommit={(image) =>
              change({ container: image.trim() ? { ...now.container, image: image.trim() } : undefined })
            }
          />
        )}
      </FormRow>
      {now.container && (
        <FormRow label={words.network} help={words.networkHelp}>
          {(ids) => (
            <SelectControl
              ids={ids}
              value={now.container?.network ?? 'bridge'}
              options={Object.entries(words.networks).map(([value, label]) => ({ value, label }))}
              onChange={(network) => now.container && change({ container: withNetwork(now.container, network) })}
            />
          )}
        </FormRow>
      )}
      {!withoutBuildspec && <p className={styles.quiet}>{words.cache}</p>}
      <FormRow label={withoutBuildspec ? words.commandsEnvironment : words.projectEnvironment} optional group>
        {() => (
          <PairsControl
            itemLabel={strings.inspector.controls.variable}
            keyPlaceholder={words.addVariable}
            pairs={Object.entries(now.environment ?? {})}
            onChange={(pairs) => change({ environment: recordOf(pairs) })}
          />
        )}
      </FormRow>
      <FormRow label={words.secrets} optional group help={words.secretsHelp}>
        {() => (
          <PairsControl
            itemLabel={words.secret}
            keyPlaceholder={words.addReference}
            valuePlaceholder={words.secretName}
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
