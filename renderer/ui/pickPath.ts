import { client } from '../bridge.ts';
import { type PathPurpose, useUi } from '../state/uiStore.ts';

/**
 * Asks the user for a path: the desktop host shows its native dialog; in a browser tab our own dialog lists folders of the
 * host's machine, and the host grants what was chosen. Answers null when cancelled.
 */
export async function pickPath(purpose: PathPurpose, suggested = ''): Promise<string | null> {
  if (useUi.getState().host !== 'browser') return (await client.pickPath({ purpose, suggested })).path;
  const chosen = await new Promise<string | null>((answer) =>
    useUi.setState({ pathRequest: { purpose, suggested, answer } }),
  );
  useUi.setState({ pathRequest: null });
  if (chosen === null) return null;
  return (await client.pickPath({ purpose, suggested: chosen })).path;
}
