import { notifyFailure } from '../../state/uiStore.ts';
import { strings } from '../../strings/strings.ts';
import { pickPath } from '../../ui/pickPath.ts';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';
import { TextControl } from './TextControl.tsx';

interface PathControlProps {
  ids: ControlIds;
  purpose: 'folder' | 'file';
  value: string;
  onCommit: (path: string) => void;
}

/** A path on this machine: typed, or chosen in the host's dialog. */
export function PathControl({ ids, purpose, value, onCommit }: PathControlProps) {
  const browse = async () => {
    try {
      const path = await pickPath(purpose, value);
      if (path !== null) onCommit(path);
    } catch (error) {
      notifyFailure('path.pick', error);
    }
  };
  return (
    <div className={styles.withButton}>
      <TextControl ids={ids} mono value={value} onCommit={(path) => onCommit(path.trim())} />
      <button type="button" className={styles.sideButton} onClick={() => void browse()}>
        {strings.inspector.controls.browse}
      </button>
    </div>
  );
}
