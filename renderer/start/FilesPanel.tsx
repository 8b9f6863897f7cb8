import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { client } from '../bridge.ts';
import { activeTab, openPath, useDocuments } from '../state/documentStore.ts';
import { notifyFailure } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { FileIcon, FolderIcon, RetryIcon } from '../ui/icons.ts';
import { pickPath } from '../ui/pickPath.ts';
import styles from './FilesPanel.module.css';

type Listing = Awaited<ReturnType<typeof client.listPipelineFiles>>;

/** The folder that the panel lists; kept while the panel is closed. */
const useFiles = create<{ listing: Listing | null }>()(() => ({ listing: null }));

async function list(path: string): Promise<void> {
  try {
    useFiles.setState({ listing: await client.listPipelineFiles({ path }) });
  } catch (error) {
    notifyFailure('files.list', error);
  }
}

/** The pipelines of a folder that the user chose, to open with a click. No folder is read that nobody chose. */
export function FilesPanel() {
  const listing = useFiles((state) => state.listing);
  const activePath = useDocuments((state) => activeTab(state)?.path ?? '');
  const [filter, setFilter] = useState('');
  const folder = listing?.folder;
  // Files come and go while the panel is closed.
  useEffect(() => {
    if (folder !== undefined) void list(folder);
  }, [folder]);
  const choose = async () => {
    const path = await pickPath('folder', activePath.replace(/[\\/][^\\/]*$/, ''));
    if (path !== null) await list(path);
  };
  const wanted = filter.toLowerCase();
  const shown = listing?.files.filter((file) => `${file.folder}/${file.name}`.toLowerCase().includes(wanted)) ?? [];
  const folders = [...new Set(shown.map((file) => file.folder))];
  return (
    <nav className={styles.panel} aria-label="Files">
      <header className={styles.head}>
        <h2>Files</h2>
        {listing && (
          <>
            <IconButton icon={RetryIcon} label="Read again" onClick={() => void list(listing.folder)} />
            <IconButton icon={FolderIcon} label="Choose another folder" onClick={() => void choose()} />
          </>
        )}
      </header>
      {!listing && (
        <>
          <p className={styles.quiet}>Lists the pipelines of a folder and the folders in it.</p>
          <Button icon={FolderIcon} onClick={() => void choose()}>
            Choose a folder …
          </Button>
        </>
      )}
      {listing && (
        <>
          <p className={styles.quiet} title={listing.folder}>
            {listing.folder}
          </p>
          {listing.files.length > 8 && (
            <input
              className={styles.filter}
              aria-label="Filter files"
              placeholder="Filter"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
          {shown.length === 0 && (
            <p className={styles.quiet}>
              {listing.files.length === 0 ? 'No pipelines in this folder.' : 'None matches.'}
            </p>
          )}
          {folders.map((inside) => (
            <section key={inside} aria-label={inside || 'This folder'}>
              {inside && <h3>{inside}</h3>}
              <ul>
                {shown
                  .filter((file) => file.folder === inside)
                  .map(({ path, name }) => (
                    <li key={path}>
                      <button
                        type="button"
                        className={styles.file}
                        title={path}
                        aria-current={path === activePath ? 'true' : undefined}
                        onClick={() => void openPath(path)}
                      >
                        <FileIcon size={14} aria-hidden="true" />
                        <span>{name}</span>
                      </button>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
          {listing.isPartial && <p className={styles.quiet}>There are more files or deeper folders than are listed.</p>}
        </>
      )}
    </nav>
  );
}
