import { client } from '../bridge.ts';
import { type PathPurpose, type UiState, useUi } from '../state/uiStore.ts';

/** Which host serves this window; a press of a button may come before it has said so. */
const host = (): Promise<UiState['host']> =>
  new Promise((resolve) => {
    const known = useUi.getState().host;
    if (known) return resolve(known);
    const stop = useUi.subscribe((ui) => {
      if (!ui.host) return;
      stop();
      resolve(ui.host);
    });
  });

/**
 * Asks the user for a path: the desktop host shows its native dialog; in a browser tab our own dialog lists folders of the
 * host's machine, and the host grants what was chosen. Answers null when cancelled.
 */
export async function pickPath(purpose: PathPurpose, suggested = ''): Promise<string | null> {
  if ((await host()) !== 'browser') return (await client.pickPath({ purpose, suggested })).path;
  const chosen = await new Promise<string | null>((answer) =>
    useUi.setState({ pathRequest: { purpose, suggested, answer } }),
  );
  useUi.setState({ pathRequest: null });
  if (chosen === null) return null;
  return (await client.pickPath({ purpose, suggested: chosen })).path;
}
