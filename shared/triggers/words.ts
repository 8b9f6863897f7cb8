/** A name or pattern in a sentence; a long one is cut. */
export const quoted = (text: string): string => `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`;
export const quotedAll = (texts: readonly string[]): string => texts.map(quoted).join(', ');
