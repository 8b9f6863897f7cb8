/** What renderer/transitions says. */
export const transitions = {};
