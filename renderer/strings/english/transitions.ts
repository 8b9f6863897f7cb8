/** What renderer/transitions says. */
export const transitions = {
  into: (stageName: string) => `Transition into ${stageName}`,
  enabled: (stageName: string) => `Enabled: executions enter ${stageName} as they come.`,
  somebody: 'somebody',
  disabled: (by: string, when: string) =>
    `Disabled by ${by}${when && `, ${when}`}. It stays so for every execution, until it is enabled.`,
  enable: 'Enable the transition',
  disable: 'Disable the transition',
  waiting: 'Executions that wait here',
  execution: (startNumber: number) => `Execution ${startNumber}`,
  waitsSince: (when: string) => `waits since ${when}`,
  reason: 'Reason for disabling it',
  reasonExample: 'Release freeze until Monday',
  reasonNote: 'Executions then wait in front of it. AWS wants to know why.',
};
