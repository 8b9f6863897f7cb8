/** What renderer/compare says. */
export const compare = {};
