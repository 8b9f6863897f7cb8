/** What renderer/history says. */
export const history = {};
