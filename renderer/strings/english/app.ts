/** What renderer/app says. */
export const app = {};
