/** One sentence of `why`. `where` is a place that the canvas can select: '' (the execution), 'Stage' or 'Stage/Action'. */
export interface Reason {
  where: string;
  text: string;
}

/** An instant for a sentence: '2026-03-01 09:30 UTC'. */
export const instantText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** An error as the end of a sentence: ': what. fix', or only a period. */
export function because(
  errorDetails: { message: string; fix?: string } | undefined,
  summary: string | undefined,
): string {
  if (errorDetails) return `: ${errorSentence(errorDetails)}`;
  return summary ? `: ${summary}` : '.';
}

/** What an error says and how it is mended, as sentences: also for messages that AWS ends without a period. */
export function errorSentence({ message, fix = '' }: { message: string; fix?: string }): string {
  return [message, fix]
    .filter(Boolean)
    .map((text) => (/[.!?:]$/.test(text) ? text : `${text}.`))
    .join(' ');
}
