/** What renderer/start says. */
export const start = {};
