import { localRunOf, type Provider } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { BindingEditor } from './BindingEditor.tsx';
import styles from './Inspector.module.css';

interface LocalTabProps extends ActionFormProps {
  provider: Provider;
}

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
          <dt>{strings.inspector.local.inAws}</dt>
          <dd>{strings.provided.text(provider.help)}</dd>
        </div>
        <div>
          <dt>
            {strings.inspector.local.here}{' '}
            <span className={styles.badge} data-fidelity={fidelity}>
              {strings.inspector.local.fidelity[fidelity]}
            </span>
          </dt>
          <dd>{strings.inspector.local.meaning[fidelity]}</dd>
          <dd>{strings.provided.text(note)}</dd>
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
            inspected.applySidecar(strings.inspector.edits.changeStandIn(action.name), (sidecar) => {
              const { [key]: _, ...others } = sidecar.bindings;
              return { ...sidecar, bindings: next ? { ...others, [key]: next } : others };
            })
          }
        />
      ) : (
        <p className={styles.quiet}>{strings.inspector.local.needsNothing}</p>
      )}
      <p className={styles.quiet}>{strings.inspector.local.keptBeside}</p>
    </>
  );
}
