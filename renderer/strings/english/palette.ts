/** What renderer/palette says. */
export const palette = {
  title: 'Actions',
  filter: 'Filter',
  filterLabel: 'Filter action types',
  more: (count: number) => `${count} more`,
  none: (filter: string) => `No action type matches “${filter}”.`,
  choosePlace: 'Choose a place on the canvas',
  fidelity: {
    real: 'Runs for real on this machine.',
    emulated: 'On this machine: checked like AWS, effects go to a folder.',
    simulated: 'On this machine: a scripted result.',
  },
};
