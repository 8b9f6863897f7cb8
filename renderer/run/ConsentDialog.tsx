import { useEffect, useRef, useState } from 'react';
import type { Consent } from '../../shared/ipc/contract.ts';
import { client } from '../bridge.ts';
import { notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './run.module.css';
import { useRun } from './runStore.ts';

/** A click that was meant for what stood here a moment ago must not become consent. */
export const GUARD_MS = 500;

/** Commands of one place under one heading; nothing is left out or put in another order. */
function grouped(commands: Consent['commands']): { where: string; texts: string[] }[] {
  const groups: { where: string; texts: string[] }[] = [];
  for (const { where, text } of commands) {
    const last = groups.at(-1);
    if (last?.where === where) last.texts.push(text);
    else groups.push({ where, texts: [text] });
  }
  return groups;
}

/**
 * Asks whether a project's commands may run on this machine (the desktop host asks in a native dialog). Shows the real
 * folder and every command in full. Cancel has the focus, Enter never accepts, and Escape refuses.
 */
export function ConsentDialog({ consent }: { consent: Consent }) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [isGuarded, setIsGuarded] = useState(true);
  useEffect(() => {
    cancel.current?.focus();
    const timer = setTimeout(() => setIsGuarded(false), GUARD_MS);
    return () => clearTimeout(timer);
  }, []);

  const texts = strings.run.consent;
  const answer = async (trusted: boolean) => {
    useRun.setState((run) => ({ consents: run.consents.filter(({ consentId }) => consentId !== consent.consentId) }));
    try {
      await client.answerConsent({ consentId: consent.consentId, trusted });
    } catch (error) {
      notifyFailure('trust.answer', error);
    }
  };

  return (
    <Modal
      title={consent.changed ? texts.changed : texts.ask}
      size="large"
      onClose={() => void answer(false)}
      footer={
        <>
          <Button ref={cancel} onClick={() => void answer(false)}>
            {texts.cancel}
          </Button>
          <Button
            disabled={isGuarded}
            // Only a real click or Space: a held Enter key repeats into whatever has the focus.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            onClick={() => void answer(true)}
          >
            {texts.accept}
          </Button>
        </>
      }
    >
      <p>{consent.changed ? texts.trustedBefore : texts.asYou}</p>
      <dl className={styles.facts}>
        <dt>{texts.folder}</dt>
        <dd className={styles.mono}>{consent.folder}</dd>
        {consent.openedAs && (
          <>
            <dt>{texts.openedAs}</dt>
            <dd className={styles.mono}>{texts.link(consent.openedAs)}</dd>
          </>
        )}
      </dl>
      <h3 className={styles.subheading}>{consent.summary ? texts.itRunsThis(consent.summary) : texts.itRuns}</h3>
      {grouped(consent.commands).map(({ where, texts }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of one question never changes.
        <figure key={index} className={styles.command}>
          <figcaption>{where}</figcaption>
          {texts.map((text, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <pre key={at}>{text}</pre>
          ))}
        </figure>
      ))}
      {consent.commands.length === 0 && <p className={styles.quiet}>{texts.noCommands}</p>}
    </Modal>
  );
}
