import Alert from '@cloudscape-design/components/alert';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useId, useState } from 'react';
import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { closeDialog, useUi } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { REGIONS } from './regions.ts';
import { settingsFaults } from './settingsFaults.ts';

/** Theme, how much runs at once, and how AWS is reached. Nothing here holds a secret: credentials stay where AWS keeps them. */
export function SettingsDialog() {
  const stored = useUi((ui) => ui.settings);
  const cores = useUi((ui) => ui.cores);
  const [draft, setDraft] = useState<Settings>(() => stored ?? settingsSchema.parse({}));
  const [slots, setSlots] = useState(() => (draft.slots === 0 ? '' : String(draft.slots)));
  const [profiles, setProfiles] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isSaving, setIsSaving] = useState(false);
  const formId = useId();
  useEffect(() => {
    client.listAwsProfiles({}).then(setProfiles, () => setProfiles([]));
  }, []);

  const aws = (changed: Partial<Settings['aws']>) => setDraft((now) => ({ ...now, aws: { ...now.aws, ...changed } }));
  const faults = settingsFaults(slots, draft.aws);
  const save = async () => {
    if (Object.keys(faults).length > 0) return;
    setIsSaving(true);
    try {
      const { theme } = draft;
      const updated = await client.updateSettings({ theme, slots: slots === '' ? 0 : Number(slots), aws: draft.aws });
      useUi.setState({ settings: updated });
      closeDialog();
    } catch (error) {
      setProblem(toProblem('settings.save', error));
    } finally {
      setIsSaving(false);
    }
  };

  return (
    <Modal
      title="Settings"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} disabled={isSaving || Object.keys(faults).length > 0}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <SpaceBetween size="m">
          {problem && (
            <Alert type="error" header={problem.what}>
              {problem.fix}
            </Alert>
          )}
          <FormField label="Theme">
            <SegmentedControl
              label="Theme"
              selectedId={draft.theme}
              options={[
                { id: 'system', text: 'As the system' },
                { id: 'light', text: 'Light' },
                { id: 'dark', text: 'Dark' },
              ]}
              onChange={({ detail }) => setDraft((now) => ({ ...now, theme: detail.selectedId as Settings['theme'] }))}
            />
          </FormField>
          <FormField
            label="Actions at once"
            description={`How many actions may run at the same time. Empty: as many as this machine has cores (${cores}).`}
            errorText={faults.slots}
          >
            <Input
              value={slots}
              inputMode="numeric"
              placeholder={String(cores)}
              onChange={({ detail }) => setSlots(detail.value.trim())}
            />
          </FormField>
          <FormField
            label="AWS profile"
            description="From your AWS configuration. Empty: what the AWS CLI would use by default."
          >
            <Autosuggest
              value={draft.aws.profile}
              enteredTextLabel={(value) => `Use "${value}"`}
              placeholder="default"
              empty="No profiles found"
              ariaLabel="AWS profile"
              options={profiles.map((value) => ({ value }))}
              onChange={({ detail }) => aws({ profile: detail.value })}
            />
          </FormField>
          <FormField label="AWS region" description="Empty: the region of the profile." errorText={faults.region}>
            <Autosuggest
              value={draft.aws.region}
              enteredTextLabel={(value) => `Use "${value}"`}
              placeholder="eu-west-1"
              ariaLabel="AWS region"
              empty="No region matches"
              options={REGIONS.map(([value, label]) => ({ value, label: value, description: label }))}
              onChange={({ detail }) => aws({ region: detail.value.trim() })}
            />
          </FormField>
          <FormField
            label="CodePipeline endpoint"
            description="Only for an endpoint other than AWS, such as a local CodePipeline API. Empty: AWS itself."
            errorText={faults.endpoint}
          >
            <Input
              value={draft.aws.endpoint}
              placeholder="http://127.0.0.1:4566"
              onChange={({ detail }) => aws({ endpoint: detail.value.trim() })}
            />
          </FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
}
