/** What renderer/versions says. */
export const versions = {};
