/** What renderer/ui says. */
export const ui = {};
