/** What renderer/settings says. */
export const settings = {};
