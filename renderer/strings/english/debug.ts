/** What renderer/debug says. */
export const debug = {};
