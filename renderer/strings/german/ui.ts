import type { ui as english } from '../english/ui.ts';

export const ui: typeof english = {
  close: 'Schließen',
  status: {
    NotStarted: 'Nicht begonnen',
    InProgress: 'Läuft',
    Stopping: 'Hält an',
    Waiting: 'Wartet',
    Succeeded: 'Gelungen',
    Failed: 'Gescheitert',
    Abandoned: 'Aufgegeben',
    Stopped: 'Angehalten',
    Superseded: 'Überholt',
    Cancelled: 'Abgebrochen',
    Skipped: 'Übersprungen',
    Paused: 'Pausiert',
    Overridden: 'Übergangen',
  },
  fidelity: { real: 'echter Lauf', emulated: 'nachgebildet', simulated: 'simuliert' },
  duration: {
    seconds: (seconds) => `${seconds} s`,
    minutes: (minutes) => `${minutes} min`,
    minutesSeconds: (minutes, seconds) => `${minutes} min ${seconds} s`,
    hours: (hours) => `${hours} h`,
    hoursMinutes: (hours, minutes) => `${hours} h ${minutes} min`,
  },
};
