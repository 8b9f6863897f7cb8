/**
 * What the tables of action and rule types (shared/providers) say: labels, help, questions. There is one text for each thing
 * there, in English; another language has a text for each of them. A type that the tables do not know stays as it is.
 */
export const provided = {
  text: (text: string): string => text,
};
