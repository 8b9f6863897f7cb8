import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import type { Settings } from '../../shared/ipc/contract.ts';
import { client } from '../bridge.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { REGIONS } from './regions.ts';
import type { SettingsFaults } from './settingsFaults.ts';

/** How much runs at once, and how AWS is reached. Nothing here holds a secret: credentials stay where AWS keeps them. */
export function EnginePage({
  aws,
  slots,
  faults,
  onAws,
  onSlots,
}: {
  aws: Settings['aws'];
  /** As typed; '' = as many as there are cores. */
  slots: string;
  faults: SettingsFaults;
  onAws: (changed: Partial<Settings['aws']>) => void;
  onSlots: (slots: string) => void;
}) {
  const say = strings.settings.engine;
  const cores = useUi((ui) => ui.cores);
  const [profiles, setProfiles] = useState<readonly string[]>([]);
  useEffect(() => {
    client.listAwsProfiles({}).then(setProfiles, () => setProfiles([]));
  }, []);
  return (
    <SpaceBetween size="m">
      <FormField label={say.slots} description={say.slotsNote(cores)} errorText={faults.slots}>
        <Input
          value={slots}
          inputMode="numeric"
          placeholder={String(cores)}
          onChange={({ detail }) => onSlots(detail.value.trim())}
        />
      </FormField>
      <FormField label={say.profile} description={say.profileNote}>
        <Autosuggest
          value={aws.profile}
          enteredTextLabel={say.use}
          placeholder={say.profilePlaceholder}
          empty={say.noProfiles}
          ariaLabel={say.profile}
          options={profiles.map((value) => ({ value }))}
          onChange={({ detail }) => onAws({ profile: detail.value })}
        />
      </FormField>
      <FormField label={say.region} description={say.regionNote} errorText={faults.region}>
        <Autosuggest
          value={aws.region}
          enteredTextLabel={say.use}
          placeholder="eu-west-1"
          ariaLabel={say.region}
          empty={say.noRegion}
          options={REGIONS.map(([value, label]) => ({ value, label: value, description: label }))}
          onChange={({ detail }) => onAws({ region: detail.value.trim() })}
        />
      </FormField>
      <FormField label={say.endpoint} description={say.endpointNote} errorText={faults.endpoint}>
        <Input
          value={aws.endpoint}
          placeholder="http://127.0.0.1:4566"
          onChange={({ detail }) => onAws({ endpoint: detail.value.trim() })}
        />
      </FormField>
    </SpaceBetween>
  );
}
