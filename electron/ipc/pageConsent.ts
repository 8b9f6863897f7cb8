import type { Consent, Handlers, Publish } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';

/** Answers that come sooner were not read by a person (reliability-security.md WT-10). */
const READING_TIME_MS = 500;

/**
 * Consent in the page, for the browser host, which has no dialogs of its own. The desktop app asks in a native dialog
 * instead and never makes one of these, so there every answer from a page is refused.
 */
export function createPageConsent(publish: Publish, now: () => number = Date.now) {
  const asked = new Map<string, { at: number; resolve: (trusted: boolean) => void }>();
  return {
    askConsent: (consent: Consent): Promise<boolean> =>
      new Promise((resolve) => {
        asked.set(consent.consentId, { at: now(), resolve });
        publish('consentRequested', consent);
      }),
    answerConsent: (async ({ consentId, trusted }) => {
      const question = asked.get(consentId);
      if (!question) throw notAsked();
      if (trusted && now() - question.at < READING_TIME_MS) {
        throw new ProblemError({
          code: 'trust.too-fast',
          where: '',
          what: 'The answer came before the commands could be read.',
          fix: 'Read the commands, then answer again.',
        });
      }
      asked.delete(consentId);
      question.resolve(trusted);
      return {};
    }) satisfies Handlers['answerConsent'],
    /** Refuses every open question: the page that was asked is gone. */
    refuseAll(): void {
      for (const { resolve } of asked.values()) resolve(false);
      asked.clear();
    },
  };
}

export const notAsked = () =>
  new ProblemError({
    code: 'trust.not-asked',
    where: '',
    what: 'Nobody asked for this consent.',
    fix: 'Press Run again.',
  });
