/** What renderer/problems says. */
export const problems = {};
