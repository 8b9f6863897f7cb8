import { useMemo } from 'react';
import { exportJson } from '../../shared/convert/exportJson.ts';
import { client } from '../bridge.ts';
import { CopyButton } from '../inspector/controls/CopyButton.tsx';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { closeDialog, notify, notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { DownloadIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import { pickPath } from '../ui/pickPath.ts';
import { CodeEditor } from './CodeEditor.tsx';
import styles from './ExportDialog.module.css';

/** The active pipeline as `aws codepipeline create-pipeline --cli-input-json` takes it: copy or save. */
export function ExportDialog() {
  const tab = useDocuments(activeTab);
  const pipeline = tab?.parsed.pipeline;
  const text = useMemo(() => (pipeline ? exportJson(pipeline) : ''), [pipeline]);

  const save = async () => {
    try {
      const folder = tab?.path.replace(/[^/\\]*$/, '') ?? '';
      const path = await pickPath('save', `${folder}${pipeline?.name ?? 'pipeline'}.json`);
      if (path === null) return;
      await client.saveExport({ path, text });
      closeDialog();
      notify({ kind: 'success', text: strings.code.saved(path) });
    } catch (error) {
      notifyFailure('export.save', error);
    }
  };

  return (
    <Modal
      title={strings.code.exportTitle}
      size="large"
      onClose={closeDialog}
      footer={
        pipeline && (
          <>
            <CopyButton text={text} label={strings.code.copyJson} />
            <Button variant="primary" icon={DownloadIcon} onClick={() => void save()}>
              {strings.code.save}
            </Button>
          </>
        )
      }
    >
      {pipeline ? (
        <>
          <p className={styles.hint}>
            {strings.code.whatTheCliTakes} <code>{strings.code.cliCommand(pipeline.name)}</code>
          </p>
          <div className={styles.editor}>
            <CodeEditor
              text={text}
              format="json"
              label={strings.code.exported}
              highlight={undefined}
              marks={NO_MARKS}
              onCursor={ignore}
            />
          </div>
        </>
      ) : (
        <p role="alert">{strings.code.cannotExport}</p>
      )}
    </Modal>
  );
}

const NO_MARKS: never[] = [];
const ignore = () => undefined;
