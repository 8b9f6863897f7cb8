import { useCallback, useEffect, useRef, useState } from 'react';
import { toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import type { PathRequest } from '../state/uiStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { FileIcon, FolderIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './PathDialog.module.css';

const isPipelineFile = (name: string) => /\.(json|ya?ml)$/i.test(name) && !/\.penstock\.json$/i.test(name);

type Listing = Awaited<ReturnType<typeof client.listFolder>>;

/** The file dialog of a browser tab: folders of the host's machine, by click or by typing a path. */
export function PathDialog({ request: { purpose, suggested, answer } }: { request: PathRequest }) {
  const say = strings.app.path;
  const home = useUi((ui) => ui.homeDirectory);
  const [listing, setListing] = useState<Listing | null>(null);
  const [fault, setFault] = useState('');
  const [name, setName] = useState(purpose === 'save' ? (suggested.split(/[\\/]/).at(-1) ?? '') : '');

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const enter = useCallback(async (path: string) => {
    try {
      setListing(await client.listFolder({ path }));
      setFault('');
    } catch (error) {
      const { what, fix } = toProblem('folder.list', error);
      setFault(`${what} ${fix}`);
    }
  }, []);
  useEffect(() => {
    const separator = suggested.includes('/') || suggested.includes('\\');
    const folder = purpose === 'folder' ? suggested : separator ? suggested.replace(/[\\/][^\\/]*$/, '') : '';
    void enter(folder || home);
  }, [enter, home, purpose, suggested]);

  const folder = listing?.path ?? home;
  const join = (entry: string) => (/^([a-z]:)?[\\/]/i.test(entry) ? entry : `${folder.replace(/[\\/]$/, '')}/${entry}`);
  const submit = () => {
    if (purpose === 'folder') return answer(name ? join(name) : folder);
    const entry = listing?.entries.find((candidate) => candidate.name === name);
    if (entry?.isFolder) {
      setName('');
      void enter(join(name));
    } else if (name) answer(join(name));
  };
  const shown = (listing?.entries ?? []).filter(
    ({ name: entry, isFolder }) => isFolder || purpose === 'file' || (purpose !== 'folder' && isPipelineFile(entry)),
  );
  return (
    <Modal
      title={say.title[purpose]}
      onClose={() => answer(null)}
      footer={
        <>
          <Button onClick={() => answer(null)}>{say.cancel}</Button>
          <Button variant="primary" disabled={purpose !== 'folder' && name === ''} onClick={submit}>
            {say.verb[purpose]}
          </Button>
        </>
      }
    >
      <div className={styles.place}>
        <span className={styles.folder} title={folder}>
          {folder}
        </span>
        <Button
          disabled={!listing?.parent || listing.parent === listing.path}
          onClick={() => listing && void enter(listing.parent)}
        >
          {say.up}
        </Button>
      </div>
      <ul className={styles.list}>
        {shown.map(({ name: entry, isFolder }) => (
          <li key={entry}>
            <button
              type="button"
              className={styles.entry}
              aria-pressed={name === entry}
              onClick={() => {
                if (isFolder) {
                  if (purpose !== 'save') setName('');
                  void enter(join(entry));
                } else setName(entry);
              }}
              onDoubleClick={() => !isFolder && answer(join(entry))}
            >
              {isFolder ? <FolderIcon size={15} aria-hidden="true" /> : <FileIcon size={15} aria-hidden="true" />}
              {entry}
            </button>
          </li>
        ))}
        {listing && shown.length === 0 && (
          <li className={styles.empty}>{purpose === 'folder' ? say.noFolders : say.noFiles}</li>
        )}
      </ul>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className={styles.name}>
          {purpose === 'folder' ? say.orPath : say.name}
          <input value={name} onChange={(event) => setName(event.target.value)} spellCheck={false} ref={field} />
        </label>
      </form>
    </Modal>
  );
}
