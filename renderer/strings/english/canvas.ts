/** What renderer/canvas says. */
export const canvas = {};
