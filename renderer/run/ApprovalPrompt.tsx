import { useId, useState } from 'react';
import { actionOf } from '../../shared/execution/executionState.ts';
import { client } from '../bridge.ts';
import { useExecution } from '../state/executionStore.ts';
import { notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { CheckIcon, CloseIcon } from '../ui/icons.ts';
import styles from './run.module.css';

interface ApprovalPromptProps {
  stageName: string;
  actionName: string;
  onAnswered?: () => void;
  /** Where it stands, after its name: the same question may be on the card and beside the log. */
  place?: string;
}

/** Where the reviewer is asked to look. Plain text unless it is a web address; even then it is only shown, to be copied. */
const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text);

/**
 * Approve or reject a waiting manual approval of the shown execution. Renders nothing while that action does not wait.
 * Placed by the canvas beside its card; `onAnswered` closes what it stands in.
 */
export function ApprovalPrompt({ stageName, actionName, onAnswered, place = '' }: ApprovalPromptProps) {
  // The live state answers, never a scrubbed one: an approval of the past cannot be given now.
  const attempt = useExecution((store) =>
    store.at === 'live' && store.state ? actionOf(store.state, stageName, actionName) : undefined,
  );
  const pipelineExecutionId = useExecution((store) => store.shownId);
  const [summary, setSummary] = useState('');
  const [isSending, setIsSending] = useState(false);
  const commentId = useId();
  const approval = attempt?.approval;
  if (!pipelineExecutionId || attempt?.status !== 'InProgress' || !approval || approval.answer) return null;

  const texts = strings.run.approval;
  const answer = async (status: 'Approved' | 'Rejected') => {
    setIsSending(true);
    try {
      await client.putApprovalResult({
        pipelineExecutionId,
        stageName,
        actionName,
        token: approval.token,
        status,
        summary: summary.trim(),
      });
      onAnswered?.();
    } catch (error) {
      notifyFailure('approval.answer', error);
    } finally {
      setIsSending(false);
    }
  };

  return (
    <section className={`${styles.approval} nodrag nopan nowheel`} aria-label={texts.of(actionName, place)}>
      {approval.customData && <p className={styles.approvalText}>{approval.customData}</p>}
      {approval.externalEntityLink && (
        <p className={styles.approvalLink}>
          <span className={styles.quiet}>
            {isWebAddress(approval.externalEntityLink) ? texts.reviewAt : texts.link}
          </span>{' '}
          <span className={styles.mono}>{approval.externalEntityLink}</span>
        </p>
      )}
      <label htmlFor={commentId} className={styles.approvalLabel}>
        {texts.comment}
      </label>
      <textarea
        id={commentId}
        className={styles.input}
        rows={2}
        maxLength={512}
        value={summary}
        onChange={(event) => setSummary(event.target.value)}
      />
      <div className={styles.approvalButtons}>
        <Button icon={CloseIcon} disabled={isSending} onClick={() => void answer('Rejected')}>
          {texts.reject}
        </Button>
        <Button variant="primary" icon={CheckIcon} disabled={isSending} onClick={() => void answer('Approved')}>
          {texts.approve}
        </Button>
      </div>
    </section>
  );
}
