/** What renderer/exportPicture says. */
export const exportPicture = {};
