/** What renderer/code says. */
export const code = {};
