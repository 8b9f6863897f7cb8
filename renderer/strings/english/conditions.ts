/** What renderer/conditions says. */
export const conditions = {};
