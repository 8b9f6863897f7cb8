/** What renderer/palette says. */
export const palette = {};
