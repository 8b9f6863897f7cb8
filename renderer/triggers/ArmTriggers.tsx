import { useEffect, useState } from 'react';
import { FormRow } from '../inspector/controls/FormRow.tsx';
import { SwitchControl } from '../inspector/controls/SwitchControl.tsx';
import { tabById, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { armTriggers, refreshTriggerState, triggerStateOf, useTriggers } from './triggerStore.ts';
import styles from './triggers.module.css';

/** The switch that arms the triggers of a document, what is watched, and what the last event did. */
export function ArmTriggers({ documentId }: { documentId: string }) {
  const path = useDocuments((documents) => tabById(documentId)(documents)?.path);
  const state = useTriggers(triggerStateOf(path));
  const isBusy = useTriggers(({ busyId }) => busyId === documentId);
  useEffect(() => {
    void refreshTriggerState(documentId);
  }, [documentId]);
  const [refusal, setRefusal] = useState('');
  const isArmed = state?.armed ?? false;
  return (
    <div className={styles.arm}>
      <FormRow
        label={isBusy ? strings.triggers.arm.busy : strings.triggers.arm.label}
        inline
        help={isArmed ? strings.triggers.arm.armed : strings.triggers.arm.disarmed}
      >
        {(ids) => (
          <SwitchControl
            ids={ids}
            checked={isArmed}
            onChange={(armed) => void armTriggers(documentId, armed).then(setRefusal)}
          />
        )}
      </FormRow>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {isArmed && (
        <ul className={styles.watched}>
          {state?.watched.map(({ where, repository }) => (
            <li key={where}>
              {where.replace('/', ' / ')} <code>{repository}</code>
            </li>
          ))}
        </ul>
      )}
      {state?.last && <p className={styles.note}>{strings.triggers.arm.last(state.last.what)}</p>}
    </div>
  );
}
