/** What renderer/commands says. */
export const commands = {};
