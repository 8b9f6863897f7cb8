/** What renderer/state says. */
export const state = {};
