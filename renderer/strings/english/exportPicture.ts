/** What renderer/exportPicture says. */
export const exportPicture = {
  title: 'Export a picture',
  save: (format: string) => `Save ${format} …`,
  saved: (path: string) => `Saved ${path}.`,
  format: 'Format',
  colours: 'Colours',
  themes: { light: 'Light', dark: 'Dark' },
  preview: (pipelineName: string) => `Preview of the pipeline ${pipelineName}`,
  conditions: {
    BEFORE_ENTRY: 'Condition before entry',
    ON_SUCCESS: 'Condition on success',
    ON_FAILURE: 'Condition on failure',
  },
  hints: {
    svg: 'Sharp at any size; for web pages and drawing programs.',
    png: 'Pixels, twice as fine as on screen.',
    pdf: 'One page, to print or attach; its text can be searched.',
  },
};
