import { closeDialog, useUi } from '../state/uiStore.ts';
import { Modal } from '../ui/Modal.tsx';
import { Logo } from './Logo.tsx';

export function AboutDialog() {
  const version = useUi((ui) => ui.version);
  const host = useUi((ui) => ui.host);
  return (
    <Modal title="About Penstock" size="small" onClose={closeDialog}>
      <Logo size={36} />
      <p>
        Penstock {version}, {host === 'electron' ? 'desktop app' : 'in a browser tab'}.
      </p>
      <p>Design a pipeline, run it on your own machine, push it to AWS CodePipeline, replay any execution.</p>
      <p>Penstock is not affiliated with Amazon Web Services. AWS and CodePipeline are marks of Amazon.com, Inc.</p>
    </Modal>
  );
}
