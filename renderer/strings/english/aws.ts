/** What renderer/aws says. */
export const aws = {};
