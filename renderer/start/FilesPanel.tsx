import { useEffect, useId, useState } from 'react';
import { create } from 'zustand';
import { client } from '../bridge.ts';
import { activeTab, openPath, useDocuments } from '../state/documentStore.ts';
import { notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { FileIcon, FolderIcon, NextIcon, RetryIcon } from '../ui/icons.ts';
import { pickPath } from '../ui/pickPath.ts';
import styles from './FilesPanel.module.css';

type Listing = Awaited<ReturnType<typeof client.listPipelineFiles>>;

/** The folder that the panel lists and what is folded in it. The host keeps both for the next start. */
export const useFiles = create<{ listing: Listing | null; folded: ReadonlySet<string>; isAsked: boolean }>()(() => ({
  listing: null,
  folded: new Set(),
  isAsked: false,
}));

async function list(path: string): Promise<void> {
  try {
    const listing = await client.listPipelineFiles({ path });
    useFiles.setState((before) => ({
      listing,
      folded: before.listing && before.listing.folder !== listing.folder ? new Set() : before.folded,
    }));
  } catch (error) {
    notifyFailure('files.list', error);
  }
}

/** Lists the folder of the last time, once. */
async function listAgain(): Promise<void> {
  if (useFiles.getState().isAsked) return;
  useFiles.setState({ isAsked: true });
  try {
    const { folder, folded } = await client.getFilesFolder({});
    useFiles.setState({ folded: new Set(folded) });
    if (folder !== '') await list(folder);
  } catch (error) {
    notifyFailure('files.list', error);
  }
}

function toggleFolder(folder: string): void {
  const folded = new Set(useFiles.getState().folded);
  if (!folded.delete(folder)) folded.add(folder);
  useFiles.setState({ folded });
  client
    .keepFoldedFolders({ folded: [...folded].slice(0, 500) })
    .catch((error: unknown) => notifyFailure('files.fold', error));
}

/** The pipelines of a folder that the user chose, to open with a click. No folder is read that nobody chose. */
export function FilesPanel() {
  const say = strings.start.files;
  const id = useId();
  const listing = useFiles((state) => state.listing);
  const folded = useFiles((state) => state.folded);
  const activePath = useDocuments((state) => activeTab(state)?.path ?? '');
  const [filter, setFilter] = useState('');
  const folder = listing?.folder;
  // Files come and go while the panel is closed.
  useEffect(() => {
    if (folder === undefined) void listAgain();
    else void list(folder);
  }, [folder]);
  const choose = async () => {
    const path = await pickPath('folder', activePath.replace(/[\\/][^\\/]*$/, ''));
    if (path !== null) await list(path);
  };
  const wanted = filter.toLowerCase();
  const shown = listing?.files.filter((file) => `${file.folder}/${file.name}`.toLowerCase().includes(wanted)) ?? [];
  const folders = [...new Set(shown.map((file) => file.folder))];
  return (
    <nav className={styles.panel} aria-label={say.title}>
      <header className={styles.head}>
        <h2>{say.title}</h2>
        {listing && (
          <>
            <IconButton icon={RetryIcon} label={say.again} onClick={() => void list(listing.folder)} />
            <IconButton icon={FolderIcon} label={say.another} onClick={() => void choose()} />
          </>
        )}
      </header>
      {!listing && (
        <>
          <p className={styles.quiet}>{say.about}</p>
          <Button icon={FolderIcon} onClick={() => void choose()}>
            {say.choose}
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
              aria-label={say.filter}
              placeholder={say.filterHint}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
          {shown.length === 0 && <p className={styles.quiet}>{listing.files.length === 0 ? say.none : say.noMatch}</p>}
          {folders.map((inside, index) => {
            // What is searched for is shown wherever it is.
            const isOpen = wanted !== '' || !folded.has(inside);
            return (
              <section key={inside} aria-label={inside || say.thisFolder}>
                {inside && (
                  <h3>
                    <button
                      type="button"
                      className={styles.folder}
                      aria-expanded={isOpen}
                      aria-controls={`${id}-${index}`}
                      onClick={() => toggleFolder(inside)}
                    >
                      <NextIcon size={13} aria-hidden="true" />
                      <span>{inside}</span>
                    </button>
                  </h3>
                )}
                <ul id={`${id}-${index}`} hidden={!isOpen}>
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
            );
          })}
          {listing.isPartial && <p className={styles.quiet}>{say.isPartial}</p>}
        </>
      )}
    </nav>
  );
}
