/** What renderer/triggers says. */
export const triggers = {};
