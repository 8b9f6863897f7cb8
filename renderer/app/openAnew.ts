import { isAllRemembered, rememberNow } from '../state/remember.ts';

let isMeant = false;

/** Whether the window is being loaded again on purpose, with every edit kept: then nobody needs to be asked. */
export const isOpenedAnew = (): boolean => isMeant;

/** Loads the window again, for what takes effect only then. Open documents and edits that are not saved come back with it. */
export async function openAnew(): Promise<void> {
  await rememberNow();
  // An edit that the host could not keep has been told; then the page asks as it does before any leave.
  isMeant = isAllRemembered();
  location.reload();
}
