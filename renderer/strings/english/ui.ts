/** What renderer/ui says. */
export const ui = {
  close: 'Close',
  status: {
    NotStarted: 'Not started',
    InProgress: 'In progress',
    Stopping: 'Stopping',
    Waiting: 'Waiting',
    Succeeded: 'Succeeded',
    Failed: 'Failed',
    Abandoned: 'Abandoned',
    Stopped: 'Stopped',
    Superseded: 'Superseded',
    Cancelled: 'Cancelled',
    Skipped: 'Skipped',
    Paused: 'Paused',
    Overridden: 'Overridden',
  },
  fidelity: { real: 'real run', emulated: 'emulated', simulated: 'simulated' },
  /** Numbers come as they are to be written. */
  duration: {
    seconds: (seconds: string) => `${seconds} s`,
    minutes: (minutes: string) => `${minutes} m`,
    minutesSeconds: (minutes: string, seconds: string) => `${minutes} m ${seconds} s`,
    hours: (hours: string) => `${hours} h`,
    hoursMinutes: (hours: string, minutes: string) => `${hours} h ${minutes} m`,
  },
};
