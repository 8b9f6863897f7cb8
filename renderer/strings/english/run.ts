/** What renderer/run says. */
export const run = {};
