import { useEffect, useState } from 'react';
import { client } from '../bridge.ts';
import { openFile } from '../commands/fileCommands.ts';
import { keysOf } from '../commands/registry.ts';
import { newFromTemplate, openPath, openSample } from '../state/documentStore.ts';
import { notifyFailure, openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { FileIcon, NewFileIcon, OpenIcon, RunIcon, WizardIcon } from '../ui/icons.ts';
import { Gallery } from './Gallery.tsx';
import styles from './StartView.module.css';

type Templates = Awaited<ReturnType<typeof client.listTemplates>>;
type Recent = Awaited<ReturnType<typeof client.listRecent>>;

/** What is said of a template, in the language of the window. */
function translated(template: Templates[number]): Templates[number] {
  const { text } = strings.provided;
  return {
    ...template,
    name: text(template.name),
    description: text(template.description),
    category: text(template.category),
    needs: template.needs.map(text),
    stages: template.stages.map((stage) => ({
      ...stage,
      actions: stage.actions.map((action) => ({ ...action, question: text(action.question) })),
    })),
  };
}

/** Where a window begins: a sample that runs at once, templates, and what was open before. */
export function StartView() {
  const say = strings.start.page;
  const [templates, setTemplates] = useState<Templates>([]);
  const [recent, setRecent] = useState<Recent>([]);
  useEffect(() => {
    client.listTemplates({}).then(
      (found) => setTemplates(found.map(translated)),
      (error: unknown) => notifyFailure('templates.list', error),
    );
    client.listRecent({}).then(setRecent, (error: unknown) => notifyFailure('recent.list', error));
  }, []);
  return (
    <div className={styles.page}>
      <div className={styles.content}>
        <header className={styles.head}>
          <h1>{say.title}</h1>
          <div className={styles.actions}>
            <Button icon={OpenIcon} onClick={() => void openFile()}>
              {say.open}
            </Button>
            <Button icon={WizardIcon} onClick={() => openDialog({ name: 'wizard' })}>
              {say.wizard}
            </Button>
            <Button icon={NewFileIcon} onClick={() => void newFromTemplate('')}>
              {say.new}
            </Button>
          </div>
        </header>

        <section className={styles.sample} aria-labelledby="sample-title">
          <div>
            <h2 id="sample-title">{say.sample}</h2>
            <p>{say.sampleAbout}</p>
          </div>
          <Button icon={RunIcon} variant="primary" onClick={() => void openSample('quickstart')}>
            {say.openSample}
          </Button>
        </section>

        <div className={styles.columns}>
          <section aria-labelledby="templates-title">
            <h2 id="templates-title">{say.templates}</h2>
            <Gallery templates={templates} />
          </section>
          <section aria-labelledby="recent-title">
            <h2 id="recent-title">{say.recent}</h2>
            {recent.length === 0 ? (
              <p className={styles.none}>{say.noRecent(keysOf('file.open') ?? '')}</p>
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
                        <span className={styles.folder}>{exists ? folder : say.gone(folder)}</span>
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
