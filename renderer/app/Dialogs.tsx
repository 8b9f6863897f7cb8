import { lazy, Suspense } from 'react';
import { closeTab, save, tabById, useDocuments } from '../state/documentStore.ts';
import { closeDialog, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { withCloudscapeTexts } from '../ui/withCloudscapeTexts.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { PathDialog } from './PathDialog.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';

const SettingsDialog = lazy(() =>
  withCloudscapeTexts(import('../settings/SettingsDialog.tsx').then((part) => part.SettingsDialog)),
);
const PushDialog = lazy(() => withCloudscapeTexts(import('../aws/PushDialog.tsx').then((part) => part.PushDialog)));
const ChangedOnDisk = lazy(async () => ({ default: (await import('./ChangedOnDisk.tsx')).ChangedOnDisk }));
const ExportDialog = lazy(async () => ({ default: (await import('../code/ExportDialog.tsx')).ExportDialog }));
const ExportPictureDialog = lazy(async () => ({
  default: (await import('../exportPicture/ExportPictureDialog.tsx')).ExportPictureDialog,
}));
const Wizard = lazy(async () => ({ default: (await import('../start/Wizard.tsx')).Wizard }));
const NoteDialog = lazy(async () => ({ default: (await import('../canvas/NoteDialog.tsx')).NoteDialog }));
const SimulateEventSheet = lazy(async () => ({
  default: (await import('../triggers/SimulateEventSheet.tsx')).SimulateEventSheet,
}));
const RollbackDialog = lazy(async () => ({
  default: (await import('../executions/RollbackDialog.tsx')).RollbackDialog,
}));
const VersionsDialog = lazy(async () => ({ default: (await import('../versions/VersionsDialog.tsx')).VersionsDialog }));

/** The dialog that is open, and above it a question for a path. */
export function Dialogs() {
  const pathRequest = useUi((ui) => ui.pathRequest);
  return (
    <>
      <Suspense fallback={null}>
        <OpenDialog />
      </Suspense>
      {pathRequest && <PathDialog request={pathRequest} />}
    </>
  );
}

function OpenDialog() {
  const dialog = useUi((ui) => ui.dialog);
  switch (dialog?.name) {
    case undefined:
      return null;
    case 'settings':
      return <SettingsDialog page={dialog.page} />;
    case 'push':
      return <PushDialog />;
    case 'export':
      return <ExportDialog />;
    case 'exportPicture':
      return <ExportPictureDialog />;
    case 'wizard':
      return <Wizard />;
    case 'note':
      return <NoteDialog where={dialog.where} />;
    case 'simulateEvent':
      return <SimulateEventSheet />;
    case 'rollback':
      return <RollbackDialog pipelineName={dialog.pipelineName} stageName={dialog.stageName} />;
    case 'versions':
      return <VersionsDialog pipelineName={dialog.pipelineName} version={dialog.version} />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'commands':
      return <CommandPalette />;
    case 'about':
      return <AboutDialog />;
    case 'closeDocument':
      return <CloseQuestion documentId={dialog.documentId} />;
    case 'changedOnDisk':
      return <ChangedOnDisk documentId={dialog.documentId} text={dialog.text} />;
  }
}

function CloseQuestion({ documentId }: { documentId: string }) {
  const name = useDocuments((state) => tabById(documentId)(state)?.name) || strings.app.close.thisPipeline;
  const say = strings.app.close;
  const discard = () => {
    closeDialog();
    void closeTab(documentId, { discard: true });
  };
  const keep = async () => {
    closeDialog();
    if (await save(documentId)) await closeTab(documentId);
  };
  return (
    <Modal
      title={say.title(name)}
      size="small"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={discard}>{say.discard}</Button>
          <Button onClick={closeDialog}>{say.cancel}</Button>
          <Button variant="primary" onClick={() => void keep()} autoFocus>
            {say.save}
          </Button>
        </>
      }
    >
      {say.gone}
    </Modal>
  );
}
