import { closeDialog, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Modal } from '../ui/Modal.tsx';
import { Logo } from './Logo.tsx';

export function AboutDialog() {
  const say = strings.app.about;
  const version = useUi((ui) => ui.version);
  const host = useUi((ui) => ui.host);
  return (
    <Modal title={say.title} size="small" onClose={closeDialog}>
      <Logo size={36} />
      <p>{host === 'electron' ? say.desktop(version) : say.browser(version)}</p>
      <p>{say.what}</p>
      <p>{say.affiliation}</p>
    </Modal>
  );
}
