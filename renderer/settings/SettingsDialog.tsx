import Alert from '@cloudscape-design/components/alert';
import { useId, useState } from 'react';
import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { openAnew } from '../app/openAnew.ts';
import { client } from '../bridge.ts';
import { closeDialog, type SettingsPage, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { applySettings } from '../theme/applyTheme.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { AppearancePage } from './AppearancePage.tsx';
import { EnginePage } from './EnginePage.tsx';
import { KeysPage } from './KeysPage.tsx';
import styles from './Settings.module.css';
import { settingsFaults } from './settingsFaults.ts';

const pages: readonly SettingsPage[] = ['appearance', 'keys', 'engine'];

/** The settings in pages of one form: nothing takes effect before it is saved. */
export function SettingsDialog({ page = 'appearance' }: { page?: SettingsPage | undefined }) {
  const stored = useUi((ui) => ui.settings);
  const [shown, setShown] = useState(page);
  const [draft, setDraft] = useState<Settings>(() => stored ?? settingsSchema.parse({}));
  const [slots, setSlots] = useState(() => (draft.slots === 0 ? '' : String(draft.slots)));
  const [problem, setProblem] = useState<Problem>();
  const [isSaving, setIsSaving] = useState(false);
  const id = useId();
  const say = strings.settings;

  const change = (changed: Partial<Settings>) => setDraft((now) => ({ ...now, ...changed }));
  const faults = settingsFaults(slots, draft.aws);
  const isWrong = Object.keys(faults).length > 0;
  /** Answers whether it is saved; what is not has been told. */
  const save = async (): Promise<boolean> => {
    if (isWrong) {
      setShown('engine');
      return false;
    }
    setIsSaving(true);
    try {
      const { dismissedHints: _, ...chosen } = draft;
      applySettings(await client.updateSettings({ ...chosen, slots: slots === '' ? 0 : Number(slots) }));
      closeDialog();
      return true;
    } catch (error) {
      setProblem(toProblem('settings.save', error));
      return false;
    } finally {
      setIsSaving(false);
    }
  };
  const saveAndOpenAnew = async () => {
    if (await save()) await openAnew();
  };
  const onTabKey = (event: React.KeyboardEvent) => {
    const index = pages.indexOf(shown);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = pages.at(to % pages.length)!;
    setShown(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };

  return (
    <Modal
      title={say.title}
      size="large"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{say.cancel}</Button>
          <Button variant="primary" type="submit" form={`${id}-form`} disabled={isSaving || isWrong}>
            {say.save}
          </Button>
        </>
      }
    >
      <div role="tablist" aria-label={say.title} className={styles.tabs} onKeyDown={onTabKey}>
        {pages.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === shown}
            aria-controls={`${id}-panel`}
            tabIndex={name === shown ? 0 : -1}
            onClick={() => setShown(name)}
          >
            {say.pages[name]}
          </button>
        ))}
      </div>
      <form
        id={`${id}-form`}
        className={styles.page}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && (
          <Alert type="error" header={strings.messages.text(problem.what)}>
            {strings.messages.text(problem.fix)}
          </Alert>
        )}
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`}>
          {shown === 'appearance' && (
            <AppearancePage draft={draft} onChange={change} onOpenAnew={() => void saveAndOpenAnew()} />
          )}
          {shown === 'keys' && (
            <KeysPage
              keys={draft.keys}
              singleKeys={draft.singleKeys}
              onKeys={(keys) => change({ keys: keys as Settings['keys'] })}
              onSingleKeys={(singleKeys) => change({ singleKeys })}
            />
          )}
          {shown === 'engine' && (
            <EnginePage
              aws={draft.aws}
              slots={slots}
              faults={faults}
              onAws={(aws) => setDraft((now) => ({ ...now, aws: { ...now.aws, ...aws } }))}
              onSlots={setSlots}
            />
          )}
        </div>
      </form>
    </Modal>
  );
}
