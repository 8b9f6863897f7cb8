import { useState } from 'react';
import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';
import { SelectControl } from './SelectControl.tsx';
import { TextControl } from './TextControl.tsx';

/** A file inside an input artifact, on the wire `Artifact::path`. */
export interface ArtifactFile {
  artifact: string;
  path: string;
}

/** The two parts of a value; undefined where it has no such parts and must be edited as text. */
export function artifactFileOf(value: string, inputArtifacts: readonly string[]): ArtifactFile | undefined {
  const at = value.indexOf('::');
  const [artifact, path] = [value.slice(0, at), value.slice(at + 2)];
  if (at > 0 && path !== '' && !artifact.includes('#{')) return { artifact, path };
  return value === '' && inputArtifacts.length > 0 ? { artifact: inputArtifacts[0]!, path: '' } : undefined;
}

interface ArtifactFileControlProps {
  ids: ControlIds;
  label: string;
  file: ArtifactFile;
  inputArtifacts: readonly string[];
  placeholder: string | undefined;
  onCommit: (value: string) => void;
}

/** Chooses the artifact and names the file in it. Without a file there is no value. */
export function ArtifactFileControl(props: ArtifactFileControlProps) {
  const { ids, label, file, inputArtifacts, placeholder = '', onCommit } = props;
  const { path } = file;
  const [chosen, setChosen] = useState('');
  const artifact = path === '' && chosen !== '' ? chosen : file.artifact;
  return (
    <div className={styles.pairs}>
      <div className={styles.pair} data-two="true">
        <SelectControl
          label={strings.inspector.controls.artifactOf(label)}
          value={artifact}
          options={inputArtifacts.map((value) => ({ value, label: value }))}
          onChange={(next) => (path === '' ? setChosen(next) : onCommit(`${next}::${path}`))}
        />
        <TextControl
          ids={ids}
          label={strings.inspector.controls.fileOf(label)}
          mono
          takesVariables
          value={path}
          placeholder={placeholder.split('::').at(-1)}
          onCommit={(text) => onCommit(text.trim() === '' ? '' : `${artifact}::${text.trim()}`)}
        />
      </div>
    </div>
  );
}
