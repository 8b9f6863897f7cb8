import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import { strings } from '../strings/strings.ts';

const aws = settingsSchema.shape.aws.unwrap().shape;

/** What is wrong with the fields, by field; empty when all can be saved. */
export interface SettingsFaults {
  slots?: string;
  region?: string;
  endpoint?: string;
}

/** Checks what was typed, by the contract's own rules. */
export function settingsFaults(slots: string, { region, endpoint }: Settings['aws']): SettingsFaults {
  const say = strings.settings.engine;
  const slotsAreFine =
    slots === '' || (/^\d{1,2}$/.test(slots) && settingsSchema.shape.slots.safeParse(Number(slots)).success);
  return {
    ...(!slotsAreFine && { slots: say.slotsFault }),
    ...(!aws.region.safeParse(region).success && { region: say.regionFault }),
    ...(!aws.endpoint.safeParse(endpoint).success && { endpoint: say.endpointFault }),
  };
}
