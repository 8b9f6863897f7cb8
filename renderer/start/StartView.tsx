import { useEffect, useState } from 'react';
import { client } from '../bridge.ts';
import { openFile } from '../commands/fileCommands.ts';
import { keysOf } from '../commands/registry.ts';
import { newFromTemplate, openPath, openSample } from '../state/documentStore.ts';
import { notifyFailure, openDialog } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { FileIcon, NewFileIcon, OpenIcon, RunIcon, WizardIcon } from '../ui/icons.ts';
import { Gallery } from './Gallery.tsx';
import styles from './StartView.module.css';

type Templates = Awaited<ReturnType<typeof client.listTemplates>>;
type Recent = Awaited<ReturnType<typeof client.listRecent>>;

/** Where a window begins: a sample that runs at once, templates, and what was open before. */
export function StartView() {
  const [templates, setTemplates] = useState<Templates>([]);
  const [recent, setRecent] = useState<Recent>([]);
  useEffect(() => {
    client.listTemplates({}).then(setTemplates, (error: unknown) => notifyFailure('templates.list', error));
    client.listRecent({}).then(setRecent, (error: unknown) => notifyFailure('recent.list', error));
  }, []);
  return (
    <div className={styles.page}>
      <div className={styles.content}>
        <header className={styles.head}>
          <h1>Design, run and replay CodePipeline</h1>
          <div className={styles.actions}>
            <Button icon={OpenIcon} onClick={() => void openFile()}>
              Open…
            </Button>
            <Button icon={WizardIcon} onClick={() => openDialog({ name: 'wizard' })}>
              Step by step…
            </Button>
            <Button icon={NewFileIcon} onClick={() => void newFromTemplate('')}>
              New pipeline
            </Button>
          </div>
        </header>

        <section className={styles.sample} aria-labelledby="sample-title">
          <div>
            <h2 id="sample-title">Quickstart sample</h2>
            <p>
              A small shop with its own git repository. It builds, tests, asks you to approve and deploys to a folder,
              all on this machine: no AWS account, no Docker.
            </p>
          </div>
          <Button icon={RunIcon} variant="primary" onClick={() => void openSample('quickstart')}>
            Open the sample
          </Button>
        </section>

        <div className={styles.columns}>
          <section aria-labelledby="templates-title">
            <h2 id="templates-title">New from a template</h2>
            <Gallery templates={templates} />
          </section>
          <section aria-labelledby="recent-title">
            <h2 id="recent-title">Recent</h2>
            {recent.length === 0 ? (
              <p className={styles.none}>
                Pipelines you open appear here. Open one with {keysOf('file.open')}, or drop a file on this window.
              </p>
            ) : (
              <ul className={styles.recent}>
                {recent.map(({ path, name, folder, exists }) => (
                  <li key={path}>
                    <button
                      type="button"
                      className={styles.file}
                      disabled={!exists}
                      title={path}
                      onClick={() => void openPath(path)}
                    >
                      <FileIcon size={16} aria-hidden="true" />
                      <span className={styles.fileText}>
                        <span className={styles.fileName}>{name}</span>
                        <span className={styles.folder}>{exists ? folder : `${folder} (no longer there)`}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      </div>
    </div>
  );
}
