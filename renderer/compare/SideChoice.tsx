import { useEffect, useId, useState } from 'react';
import { client } from '../bridge.ts';
import { activePipeline, activeTab, titleOf, useDocuments } from '../state/documentStore.ts';
import { notify, notifyFailure } from '../state/uiStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { pickPath } from '../ui/pickPath.ts';
import styles from './CompareView.module.css';
import { choose, type SideName, useCompare } from './compareStore.ts';
import { type Side, sideKey } from './sides.ts';

type Revisions = Awaited<ReturnType<typeof client.listFileRevisions>>['revisions'];
type Versions = Awaited<ReturnType<typeof client.listPipelineVersions>>['versions'];

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const nameOfPath = (path: string) => path.split(/[\\/]/).at(-1) ?? path;
const ASK = { file: 'ask:file', git: 'ask:git', aws: 'ask:aws' } as const;

/** What can stand on one side: this document, other tabs, versions that ran here, and, when asked for, files, git and AWS. */
export function SideChoice({ name, label }: { name: SideName; label: string }) {
  const texts = strings.compare;
  const id = useId();
  const chosen = useCompare((state) => state.chosen[name]);
  const problem = useCompare((state) => state.problems[name]);
  const tabs = useDocuments((state) => state.tabs);
  const active = useDocuments(activeTab);
  const pipelineName = useDocuments((state) => activePipeline(state)?.name ?? '');
  const [versions, setVersions] = useState<Versions>([]);
  const [revisions, setRevisions] = useState<Revisions>([]);
  const [files, setFiles] = useState<readonly string[]>([]);

  useEffect(() => {
    if (pipelineName === '') return;
    client.listPipelineVersions({ pipelineName }).then(
      (found) => setVersions(found.versions),
      // A pipeline that never ran here has none; what else goes wrong shows when a version is read.
      () => setVersions([]),
    );
  }, [pipelineName]);
  if (!active) return null;
  const { documentId } = active;

  const sides = new Map<string, Side>();
  const option = (side: Side, text: string) => {
    const key = sideKey(side);
    sides.set(key, side);
    return (
      <option key={key} value={key}>
        {text}
      </option>
    );
  };
  const isForeign = chosen !== null && chosen.kind === 'file' && !files.includes(chosen.path);

  const take = async (value: string) => {
    if (value === ASK.file) {
      const path = await pickPath('open', active.path);
      if (path === null) return;
      setFiles((known) => [...new Set([...known, path])]);
      await choose(name, { kind: 'file', path });
    } else if (value === ASK.git) {
      try {
        const found = await client.listFileRevisions({ documentId });
        setRevisions(found.revisions);
        const [newest] = found.revisions;
        if (newest) await choose(name, { kind: 'revision', documentId, revisionId: newest.revisionId });
        else notify({ kind: 'info', text: texts.noCommit });
      } catch (error) {
        notifyFailure('revision.list', error);
      }
    } else if (value === ASK.aws) await choose(name, { kind: 'live', pipelineName });
    else {
      const side = sides.get(value);
      if (side) await choose(name, side);
    }
  };

  return (
    <div className={styles.side}>
      <div className={styles.sideLabel}>
        <label htmlFor={id}>{label}</label>
        <select id={id} value={chosen ? sideKey(chosen) : ''} onChange={(event) => void take(event.target.value)}>
          <optgroup label={titleOf(active)}>
            {active.path !== '' && option({ kind: 'saved', documentId }, texts.asSaved)}
            {active.path === '' && option({ kind: 'saved', documentId }, texts.asItBegan)}
            {option({ kind: 'edited', documentId }, texts.asEdited)}
          </optgroup>
          {tabs.length > 1 && (
            <optgroup label={texts.otherTabs}>
              {tabs
                .filter((tab) => tab !== active && !tab.isPart)
                .map((tab) => option({ kind: 'edited', documentId: tab.documentId }, titleOf(tab)))}
            </optgroup>
          )}
          {versions.length > 0 && (
            <optgroup label={texts.versions}>
              {versions.map(({ version, createdAt }) =>
                option({ kind: 'version', pipelineName, version }, texts.version(version, when.format(createdAt))),
              )}
            </optgroup>
          )}
          <optgroup label={texts.git}>
            {revisions.map(({ revisionId, at, summary }) =>
              option(
                { kind: 'revision', documentId, revisionId },
                `${revisionId.slice(0, 7)} · ${summary.slice(0, 60)} · ${when.format(at)}`,
              ),
            )}
            {chosen?.kind === 'revision' &&
              !revisions.some(({ revisionId }) => revisionId === chosen.revisionId) &&
              option(chosen, chosen.revisionId.slice(0, 7))}
            <option value={ASK.git}>{revisions.length > 0 ? texts.readCommits : texts.commit}</option>
          </optgroup>
          <optgroup label={texts.elsewhere}>
            {files.map((path) => option({ kind: 'file', path }, nameOfPath(path)))}
            {isForeign && option(chosen, nameOfPath(chosen.path))}
            {chosen?.kind === 'live' && option(chosen, texts.live)}
            <option value={ASK.file}>{texts.otherFile}</option>
            <option value={ASK.aws}>{chosen?.kind === 'live' ? texts.askAws : texts.askForLive}</option>
          </optgroup>
        </select>
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
        </p>
      )}
    </div>
  );
}
