/** Single quotes around a text: a POSIX shell reads everything but a single quote as it is. */
export const shellQuote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
