/** What renderer/inspector says. */
export const inspector = {};
