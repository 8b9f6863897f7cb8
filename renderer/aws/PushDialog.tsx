import Alert from '@cloudscape-design/components/alert';
import Spinner from '@cloudscape-design/components/spinner';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Problem, ProblemError, problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { closeDialog, openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { PushIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './aws.module.css';
import { notPushed, type Prepared, PushReview } from './PushReview.tsx';
import { errorsOf, type PushChoice, pushChoice } from './pushChoice.ts';
import { startInAws } from './startInAws.ts';

interface Review {
  at: 'review';
  push: Prepared;
  choice: PushChoice;
  picked: ReadonlySet<string>;
  typed: string;
  isPushing: boolean;
}
type Step =
  | { at: 'preparing' }
  | { at: 'failed'; problem: Problem }
  | Review
  | { at: 'pushed'; push: Prepared; version: number; left: string };

/** Shows where a push would go and what it would change; pushes only when the button that names the place is pressed. */
export function PushDialog() {
  const documentId = useDocuments((documents) => documents.activeId);
  const [step, setStep] = useState<Step>({ at: 'preparing' });

  const prepare = useCallback(async () => {
    const tab = activeTab(useDocuments.getState());
    if (!tab || tab.documentId !== documentId) return;
    setStep({ at: 'preparing' });
    try {
      const push = await client.preparePush({ documentId: tab.documentId, text: tab.text });
      const choice = pushChoice(push);
      const picked = new Set(choice.changes.map(({ id }) => id));
      setStep({ at: 'review', push, choice, picked, typed: '', isPushing: false });
    } catch (error) {
      setStep({ at: 'failed', problem: toProblem('push.prepare', error) });
    }
  }, [documentId]);
  useEffect(() => void prepare(), [prepare]);
  const footer = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: what comes next takes the keyboard. Never the push itself.
  useEffect(() => {
    const buttons = footer.current?.querySelectorAll('button');
    if (step.at === 'pushed' || step.at === 'failed') buttons?.[buttons.length - 1]?.focus();
    else buttons?.[0]?.focus();
  }, [step.at]);

  const { text, errors } = useMemo(() => {
    if (step.at !== 'review') return { text: '', errors: [] };
    const chosen = step.choice.textOf(step.picked);
    // What is whole was found valid when it was prepared.
    return { text: chosen, errors: chosen === step.push.local ? [] : errorsOf(chosen) };
  }, [step]);

  const push = async (review: Review) => {
    setStep({ ...review, isPushing: true });
    try {
      const { typed, choice, picked } = review;
      const prepared = text === review.push.local ? review.push : await prepareAgain(review.push, text, documentId);
      // Nothing that was not read may follow from a press.
      if (prepared.warnings.some(({ what }) => review.push.warnings.every((known) => known.what !== what))) {
        setStep({ ...review, push: { ...review.push, warnings: prepared.warnings }, isPushing: false });
        return;
      }
      const { version } = await client.pushPipeline({ pushId: prepared.pushId, account: typed });
      setStep({ at: 'pushed', push: prepared, version, left: notPushed(choice, picked) });
    } catch (error) {
      setStep({ at: 'failed', problem: toProblem('push.push', error) });
    }
  };

  return (
    <Modal
      title={strings.aws.push.title}
      size="large"
      onClose={closeDialog}
      footer={
        <div ref={footer} className={styles.footer}>
          {footerOf(step, { isSound: errors.length === 0, text, push, prepare })}
        </div>
      }
    >
      <div aria-live="polite">
        {step.at === 'preparing' && (
          <p className={styles.waiting}>
            <Spinner /> {strings.aws.push.asking}
          </p>
        )}
        {step.at === 'failed' && (
          <Alert type="error" header={strings.messages.text(step.problem.what)}>
            {placeOfProblem(step.problem)}
            {strings.messages.text(step.problem.fix)}
          </Alert>
        )}
        {step.at === 'pushed' && (
          <Alert type="success" header={strings.aws.push.isLive(step.version, step.push.pipelineName)}>
            {placeOf(step.push)}
            {step.left && <p className={styles.fault}>{step.left}</p>}
          </Alert>
        )}
      </div>
      {step.at === 'review' && (
        <PushReview
          push={step.push}
          choice={step.choice}
          picked={step.picked}
          onPick={(picked) => setStep({ ...step, picked })}
          text={text}
          errors={errors}
          typed={step.typed}
          onType={(typed) => setStep({ ...step, typed })}
        />
      )}
    </Modal>
  );
}

/**
 * Prepares a push of the picked changes: validated by the host, and against the live definition as it is now.
 * @throws ProblemError when AWS answers otherwise than it did for the review.
 */
async function prepareAgain(reviewed: Prepared, text: string, documentId: string | null): Promise<Prepared> {
  const prepared = await client.preparePush({ documentId: documentId ?? '', text });
  const same = ['live', 'liveVersion', 'account', 'region', 'endpoint', 'isOtherAccount'] as const;
  if (prepared.local === text && same.every((key) => prepared[key] === reviewed[key])) return prepared;
  throw new ProblemError(problem({ code: 'push.changed-meanwhile', where: '', ...strings.aws.push.changed }));
}

/** Where it is wrong, before what to do about it. */
const placeOfProblem = ({ where, line }: Problem): string =>
  where ? `${where}. ` : line === undefined ? '' : strings.aws.push.line(line);
const placeOf = ({ account, region }: Prepared): string => `${account || strings.aws.push.unknownAccount} / ${region}`;

interface Ways {
  /** What would be pushed is valid. */
  isSound: boolean;
  text: string;
  push: (review: Review) => Promise<void>;
  prepare: () => Promise<void>;
}

function footerOf(step: Step, { isSound, text, push, prepare }: Ways) {
  const texts = strings.aws.push;
  if (step.at === 'review') {
    const isSame = step.push.exists && step.push.live === text;
    const isTyped = !step.push.isOtherAccount || step.typed === step.push.account;
    return (
      <>
        <Button onClick={closeDialog}>{texts.cancel}</Button>
        <Button
          variant="primary"
          icon={PushIcon}
          disabled={step.isPushing || isSame || !isTyped || !isSound}
          onClick={() => void push(step)}
        >
          {step.isPushing ? texts.pushing : texts.pushTo(placeOf(step.push))}
        </Button>
      </>
    );
  }
  if (step.at === 'failed')
    return (
      <>
        {step.problem.code.startsWith('aws.') && (
          <Button onClick={() => openDialog({ name: 'settings', page: 'engine' })}>{texts.settings}</Button>
        )}
        <Button onClick={closeDialog}>{texts.close}</Button>
        <Button variant="primary" onClick={() => void prepare()}>
          {texts.retry}
        </Button>
      </>
    );
  if (step.at === 'pushed')
    return (
      <>
        <Button onClick={() => void startInAws(step.push.pipelineName)}>{texts.start}</Button>
        <Button variant="primary" onClick={closeDialog}>
          {texts.done}
        </Button>
      </>
    );
  return <Button onClick={closeDialog}>{texts.cancel}</Button>;
}
