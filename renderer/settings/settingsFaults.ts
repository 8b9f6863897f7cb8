import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';

const aws = settingsSchema.shape.aws.unwrap().shape;

/** What is wrong with the fields, by field; empty when all can be saved. The rules are the contract's own. */
export function settingsFaults(
  slots: string,
  { region, endpoint }: Settings['aws'],
): { slots?: string; region?: string; endpoint?: string } {
  const slotsAreFine =
    slots === '' || (/^\d{1,2}$/.test(slots) && settingsSchema.shape.slots.safeParse(Number(slots)).success);
  return {
    ...(!slotsAreFine && { slots: 'Enter a whole number from 1 to 64, or nothing.' }),
    ...(!aws.region.safeParse(region).success && { region: 'A region looks like eu-west-1.' }),
    ...(!aws.endpoint.safeParse(endpoint).success && {
      endpoint: 'Enter an address that starts with http:// or https://.',
    }),
  };
}
