import { useEffect, useMemo, useState } from 'react';
import { toProblem } from '../../shared/problem.ts';
import type { TriggerExplanation } from '../../shared/triggers/matchTriggers.ts';
import { repositorySources } from '../../shared/triggers/sources.ts';
import { client } from '../bridge.ts';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { closeDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { RunIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import { ArmTriggers } from './ArmTriggers.tsx';
import { EventFields } from './EventFields.tsx';
import { Explanation } from './Explanation.tsx';
import { type EventDraft, eventOfDraft, firstDraft } from './eventDraft.ts';
import { startWithEvent } from './startWithEvent.ts';
import styles from './triggers.module.css';

/** Says live which filters a made-up Git event matches, and starts the pipeline as that event would. */
export function SimulateEventSheet() {
  const tab = useDocuments(activeTab);
  const pipeline = tab?.parsed.pipeline;
  const [draft, setDraft] = useState(() => firstDraft(pipeline));
  const [isStarting, setIsStarting] = useState(false);
  const [refusal, setRefusal] = useState('');
  const event = useMemo(() => eventOfDraft(draft), [draft]);
  const sources = useMemo(() => (pipeline ? repositorySources(pipeline).map(({ where }) => where) : []), [pipeline]);
  const answer = useExplanation(tab?.documentId, tab?.text, event, draft.of);

  if (!tab) return null;
  const isMatched = typeof answer === 'object' && answer.isMatched;
  const change = (changed: Partial<EventDraft>) => {
    setRefusal('');
    setDraft((now) => ({ ...now, ...changed }));
  };
  const start = async () => {
    if (typeof event === 'string') return;
    setIsStarting(true);
    setRefusal(await startWithEvent(tab.documentId, event, draft.of));
    setIsStarting(false);
  };
  return (
    <Modal
      title={strings.triggers.sheet.title}
      size="large"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{strings.triggers.sheet.close}</Button>
          <Button
            variant="primary"
            icon={RunIcon}
            disabled={!isMatched || isStarting}
            title={isMatched ? undefined : strings.triggers.sheet.onlyMatches}
            onClick={() => void start()}
          >
            {isStarting ? strings.triggers.sheet.starting : strings.triggers.sheet.start}
          </Button>
        </>
      }
    >
      <div className={styles.sheet}>
        <form className={styles.event} onSubmit={(submitted) => submitted.preventDefault()}>
          <EventFields draft={draft} sources={sources} onChange={change} />
        </form>
        <div className={styles.answer}>
          {typeof answer === 'string' ? (
            <p className={styles.reason} role="status">
              {answer}
            </p>
          ) : (
            <Explanation explanation={answer} />
          )}
          {refusal && (
            <p className={styles.refusal} role="alert">
              {refusal}
            </p>
          )}
        </div>
      </div>
      <ArmTriggers documentId={tab.documentId} />
    </Modal>
  );
}

/** The host's explanation of the event in force; a text where there is none to give. */
function useExplanation(
  documentId: string | undefined,
  text: string | undefined,
  event: ReturnType<typeof eventOfDraft>,
  of: string,
): TriggerExplanation | string {
  const [answer, setAnswer] = useState<TriggerExplanation | string>('');
  useEffect(() => {
    if (documentId === undefined || text === undefined || typeof event === 'string') return;
    let isLate = false;
    client.simulateTriggerEvent({ documentId, text, event, ...(of && { of: [of] }) }).then(
      (explanation) => !isLate && setAnswer(explanation),
      (error: unknown) => {
        const { what, fix } = toProblem('trigger.simulate', error);
        if (!isLate) setAnswer(`${what} ${fix}`);
      },
    );
    return () => {
      isLate = true;
    };
  }, [documentId, text, event, of]);
  return typeof event === 'string' ? event : answer;
}
