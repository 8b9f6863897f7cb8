/** What shared/references says of namespaces and variables, in English. Another language has a template for each. */
export const scope = {
  text: (text: string): string => text,
};
