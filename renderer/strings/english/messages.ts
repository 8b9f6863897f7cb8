/**
 * Problems and their fixes, as shared/validation makes them: in English. Another language has a template for each. What it has
 * no template for (problems of the engine, of files, of AWS) stays in English.
 */
export const messages = {
  text: (text: string): string => text,
};
