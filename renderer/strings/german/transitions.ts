import type { transitions as english } from '../english/transitions.ts';

export const transitions: typeof english = {
  into: (stageName) => `Transition nach ${stageName}`,
  enabled: (stageName) => `Aktiviert: Ausführungen treten in ${stageName} ein, wie sie kommen.`,
  somebody: 'jemandem',
  disabled: (by, when) =>
    `Deaktiviert von ${by}${when && `, ${when}`}. Das gilt für jede Ausführung, bis sie wieder aktiviert wird.`,
  enable: 'Transition aktivieren',
  disable: 'Transition deaktivieren',
  waiting: 'Ausführungen, die hier warten',
  execution: (startNumber) => `Ausführung ${startNumber}`,
  waitsSince: (when) => `wartet seit ${when}`,
  reason: 'Grund der Deaktivierung',
  reasonExample: 'Release-Stopp bis Montag',
  reasonNote: 'Ausführungen warten dann davor. AWS verlangt einen Grund.',
};
