import { localRunOf, type Provider } from '../../shared/providers/provider.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { BindingEditor } from './BindingEditor.tsx';
import styles from './Inspector.module.css';

interface LocalTabProps extends ActionFormProps {
  provider: Provider;
}

const MEANING = {
  real: 'Does the same work on this machine.',
  emulated: 'Checks its inputs as AWS would; the effect goes to a local folder.',
  simulated: 'Plays a scripted result. Nothing leaves this machine.',
};

/** What a local run of this action does, and its stand-in for the outside world. */
export function LocalTab({ inspected, stageName, action, provider }: LocalTabProps) {
  const key = `${stageName}/${action.name}`;
  const { note, binding: need } = provider.local;
  const binding = Object.hasOwn(inspected.sidecar.bindings, key) ? inspected.sidecar.bindings[key] : undefined;
  const { fidelity } = localRunOf(provider, binding);
  return (
    <>
      <dl className={styles.worlds}>
        <div>
          <dt>In AWS</dt>
          <dd>{provider.help}</dd>
        </div>
        <div>
          <dt>
            In a local run{' '}
            <span className={styles.badge} data-fidelity={fidelity}>
              {fidelity}
            </span>
          </dt>
          <dd>{MEANING[fidelity]}</dd>
          <dd>{note}</dd>
        </div>
      </dl>
      {need ? (
        <BindingEditor
          key={need.question}
          fidelity={provider.local.fidelity}
          need={need}
          binding={binding}
          outputArtifacts={(action.outputArtifacts ?? []).map(({ name }) => name)}
          onChange={(next) =>
            inspected.applySidecar(`Change the local stand-in of ${action.name}`, (sidecar) => {
              const { [key]: _, ...others } = sidecar.bindings;
              return { ...sidecar, bindings: next ? { ...others, [key]: next } : others };
            })
          }
        />
      ) : (
        <p className={styles.quiet}>It needs nothing of this machine.</p>
      )}
      <p className={styles.quiet}>Kept beside the pipeline file, never in it: pushing changes nothing of this.</p>
    </>
  );
}
