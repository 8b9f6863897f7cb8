import { useId, useState } from 'react';
import type { Missing } from '../../shared/ipc/contract.ts';
import type { Binding } from '../../shared/model/sidecar.ts';
import type { SourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { FormRow } from '../inspector/controls/FormRow.tsx';
import { PathControl } from '../inspector/controls/PathControl.tsx';
import { SelectControl } from '../inspector/controls/SelectControl.tsx';
import { type DocumentTab, tabById, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { RunIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import { RevisionFields } from './RevisionFields.tsx';
import styles from './run.module.css';
import { runWithAnswers } from './runPipeline.ts';
import { closeRunSheet, useRun } from './runStore.ts';

type MissingBinding = Extract<Missing, { kind: 'binding' }>;
type PathKind = 'repository' | 'folder' | 'file';
const isPathKind = (kind: string): kind is PathKind => Object.hasOwn(strings.run.sheet.kinds, kind);

interface RunSheetProps {
  documentId: string;
  missing: readonly Missing[];
  /** Every variable and the revisions of the sources, too. */
  asksAll?: boolean;
}

/** Asks for exactly what a run lacks; the answers are remembered beside the pipeline file. */
export function RunSheet({ documentId, missing, asksAll = false }: RunSheetProps) {
  const texts = strings.run.sheet;
  const tab = useDocuments(tabById(documentId));
  const pipeline = tab?.parsed.pipeline;
  const bindings = missing.filter(
    (item): item is MissingBinding => item.kind === 'binding' && item.kinds.some(isPathKind),
  );
  const lacking = missing.filter((item) => item.kind === 'variable');
  const variables = asksAll ? allVariables(tab, lacking) : lacking;
  const [revisions, setRevisions] = useState<SourceRevision[]>([]);
  const [paths, setPaths] = useState<Record<string, { kind: PathKind; path: string }>>(() =>
    Object.fromEntries(
      bindings.map((item) => [item.where, { kind: item.kinds.find(isPathKind)!, path: item.suggestion }]),
    ),
  );
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(variables.map((item) => [item.name, item.suggestion])),
  );
  const [faults, setFaults] = useState<string[]>([]);
  const isStarting = useRun((run) => run.startingId !== null);
  const formId = useId();

  const run = async () => {
    const chosen: Record<string, Binding> = {};
    for (const [where, { kind, path }] of Object.entries(paths))
      if (path.trim()) chosen[where] = { kind, path: path.trim() };
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    const sourceRevisions = revisions
      .map((revision) => ({ ...revision, revisionValue: revision.revisionValue.trim() }))
      .filter(({ revisionValue }) => revisionValue !== '');
    setFaults(await runWithAnswers(documentId, { bindings: chosen, variables: given, sourceRevisions }));
  };

  return (
    <Modal
      title={texts.title}
      onClose={closeRunSheet}
      footer={
        <>
          <Button onClick={closeRunSheet}>{texts.cancel}</Button>
          <Button variant="primary" icon={RunIcon} type="submit" form={formId} disabled={isStarting}>
            {isStarting ? texts.starting : texts.run}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          // A path that is still being typed is committed by the blur that its own Enter does not cause.
          (document.activeElement as HTMLElement | null)?.blur();
          queueMicrotask(() => void run());
        }}
      >
        {bindings.map((item) => {
          const answer = paths[item.where]!;
          const kinds = item.kinds.filter(isPathKind);
          return (
            <fieldset key={item.where} className={styles.question}>
              <legend>
                <strong>{item.where}</strong> {item.question}
              </legend>
              {kinds.length > 1 && (
                <FormRow label={texts.isA}>
                  {(ids) => (
                    <SelectControl
                      ids={ids}
                      value={answer.kind}
                      options={kinds.map((value) => ({ value, label: texts.kinds[value] }))}
                      onChange={(kind) =>
                        setPaths((now) => ({ ...now, [item.where]: { ...now[item.where]!, kind: kind as PathKind } }))
                      }
                    />
                  )}
                </FormRow>
              )}
              <FormRow label={texts.kinds[answer.kind]} optional={!item.required}>
                {(ids) => (
                  <PathControl
                    ids={ids}
                    purpose={answer.kind === 'file' ? 'file' : 'folder'}
                    value={answer.path}
                    onCommit={(path) => setPaths((now) => ({ ...now, [item.where]: { ...now[item.where]!, path } }))}
                  />
                )}
              </FormRow>
            </fieldset>
          );
        })}
        {variables.map((item) => (
          <FormRow key={item.name} label={texts.variable(item.name)} help={item.description}>
            {(ids) => (
              <input
                {...ids}
                className={styles.input}
                value={values[item.name] ?? ''}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setValues((now) => ({ ...now, [item.name]: event.target.value }))}
              />
            )}
          </FormRow>
        ))}
        {asksAll && pipeline && <RevisionFields pipeline={pipeline} revisions={revisions} onChange={setRevisions} />}
      </form>
      {faults.length > 0 && (
        <div role="alert">
          <ul className={styles.faults}>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      <p className={styles.quiet}>{texts.remembered}</p>
    </Modal>
  );
}

type MissingVariable = Extract<Missing, { kind: 'variable' }>;

/** Every variable of the pipeline with its answer or default, as if each were missing. */
function allVariables(tab: DocumentTab | undefined, lacking: readonly MissingVariable[]): MissingVariable[] {
  return (tab?.parsed.pipeline?.variables ?? []).map(
    ({ name, description = '', defaultValue = '' }) =>
      lacking.find((item) => item.name === name) ?? {
        kind: 'variable',
        name,
        description,
        suggestion: tab?.sidecar.variables[name] ?? defaultValue,
      },
  );
}
