/** What renderer/changes says. */
export const changes = {};
