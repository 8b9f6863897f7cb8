/** What renderer/timeline says. */
export const timeline = {};
