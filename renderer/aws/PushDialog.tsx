import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { closeDialog, openDialog } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { PushIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './aws.module.css';
import { DiffView } from './DiffView.tsx';
import { startInAws } from './startInAws.ts';

type Prepared = Awaited<ReturnType<typeof client.preparePush>>;
type Step =
  | { at: 'preparing' }
  | { at: 'failed'; problem: Problem }
  | { at: 'review'; push: Prepared; typed: string; isPushing: boolean }
  | { at: 'pushed'; push: Prepared; version: number };

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
      setStep({ at: 'review', push, typed: '', isPushing: false });
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

  const push = async (prepared: Prepared, typed: string) => {
    setStep({ at: 'review', push: prepared, typed, isPushing: true });
    try {
      const { version } = await client.pushPipeline({ pushId: prepared.pushId, account: typed });
      setStep({ at: 'pushed', push: prepared, version });
    } catch (error) {
      setStep({ at: 'failed', problem: toProblem('push.push', error) });
    }
  };

  return (
    <Modal
      title="Push to AWS CodePipeline"
      size="large"
      onClose={closeDialog}
      footer={
        <div ref={footer} className={styles.footer}>
          {footerOf(step, push, prepare)}
        </div>
      }
    >
      <div aria-live="polite">
        {step.at === 'preparing' && (
          <p className={styles.waiting}>
            <Spinner /> Asking AWS for the live definition
          </p>
        )}
        {step.at === 'failed' && (
          <Alert type="error" header={step.problem.what}>
            {placeOfProblem(step.problem)}
            {step.problem.fix}
          </Alert>
        )}
        {step.at === 'pushed' && (
          <Alert type="success" header={`Version ${step.version} of ${step.push.pipelineName} is live`}>
            {placeOf(step.push)}
          </Alert>
        )}
      </div>
      {step.at === 'review' && (
        <Review push={step.push} typed={step.typed} onType={(typed) => setStep({ ...step, typed })} />
      )}
    </Modal>
  );
}

/** Where it is wrong, before what to do about it. */
const placeOfProblem = ({ where, line }: Problem): string =>
  where ? `${where}. ` : line === undefined ? '' : `Line ${line}. `;
const placeOf = ({ account, region }: Prepared): string => `${account || 'unknown account'} / ${region}`;

interface ReviewProps {
  push: Prepared;
  typed: string;
  onType: (typed: string) => void;
}

function Review({ push, typed, onType }: ReviewProps) {
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Pipeline', value: push.pipelineName },
          { label: 'Account', value: push.account || 'not known' },
          { label: 'Region', value: push.region },
          { label: 'Profile', value: push.profile || 'default chain' },
          { label: 'Endpoint', value: push.endpoint || 'AWS' },
          { label: 'This push', value: push.exists ? `updates version ${push.liveVersion}` : 'creates the pipeline' },
        ]}
      />
      {push.warnings.map((warning) => (
        <Alert
          key={warning.code + warning.what}
          type={warning.severity === 'error' ? 'error' : 'warning'}
          header={warning.what}
        >
          {warning.fix}
        </Alert>
      ))}
      {push.isOtherAccount && (
        <FormField label={`Type ${push.account} to push to this account`}>
          <Input
            value={typed}
            inputMode="numeric"
            autoComplete={false}
            placeholder={push.account}
            onChange={({ detail }) => onType(detail.value.trim())}
          />
        </FormField>
      )}
      <div>
        <h3 className={styles.subheading}>{push.exists ? 'From live to local' : 'What will be created'}</h3>
        <DiffView before={push.live} after={push.local} label="Difference between live and local" />
      </div>
    </SpaceBetween>
  );
}

function footerOf(
  step: Step,
  push: (prepared: Prepared, typed: string) => Promise<void>,
  prepare: () => Promise<void>,
) {
  if (step.at === 'review') {
    const isSame = step.push.exists && step.push.live === step.push.local;
    const isTyped = !step.push.isOtherAccount || step.typed === step.push.account;
    return (
      <>
        <Button onClick={closeDialog}>Cancel</Button>
        <Button
          variant="primary"
          icon={PushIcon}
          disabled={step.isPushing || isSame || !isTyped}
          onClick={() => void push(step.push, step.typed)}
        >
          {step.isPushing ? 'Pushing …' : `Push to ${placeOf(step.push)}`}
        </Button>
      </>
    );
  }
  if (step.at === 'failed')
    return (
      <>
        {step.problem.code.startsWith('aws.') && (
          <Button onClick={() => openDialog({ name: 'settings' })}>Open Settings</Button>
        )}
        <Button onClick={closeDialog}>Close</Button>
        <Button variant="primary" onClick={() => void prepare()}>
          Try again
        </Button>
      </>
    );
  if (step.at === 'pushed')
    return (
      <>
        <Button onClick={() => void startInAws(step.push.pipelineName)}>Start an execution in AWS</Button>
        <Button variant="primary" onClick={closeDialog}>
          Done
        </Button>
      </>
    );
  return <Button onClick={closeDialog}>Cancel</Button>;
}
