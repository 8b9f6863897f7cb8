import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { executionModes } from '../../shared/model/declaration.ts';
import { validate } from '../../shared/validation/validate.ts';
import { client } from '../bridge.ts';
import { adopt } from '../state/documentStore.ts';
import { closeDialog, notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { PartStep } from './PartStep.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import styles from './Wizard.module.css';
import { emptyAnswers, faultOf, type Part, parts, type WizardAnswers, wizardPipeline } from './wizardPipeline.ts';

const steps = ['Settings', ...parts, 'Review'] as const;

/** A new pipeline step by step, as the console does it: source, build, test, deploy. Ends in a document that is not saved yet. */
export function Wizard() {
  const say = strings.start.wizard;
  const [answers, setAnswers] = useState<WizardAnswers>(emptyAnswers);
  const [at, setAt] = useState(0);
  const [fault, setFault] = useState('');
  const step = steps[at]!;
  const form = useRef<HTMLFormElement>(null);
  // The next thing to be filled in, or read, has the keyboard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each new step
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea, [tabindex="-1"]')?.focus(), [at]);

  const goTo = (index: number) => {
    setFault('');
    setAt(index);
  };
  const next = () => {
    const found = step === 'Settings' ? settingsFault(answers) : step === 'Review' ? '' : faultOf(step, answers);
    if (found) setFault(found);
    else if (step === 'Review') void create();
    else goTo(at + 1);
  };
  const create = async () => {
    try {
      const text = `${JSON.stringify({ pipeline: wizardPipeline(answers) }, null, 2)}\n`;
      adopt(await client.newDocument({ templateId: '', text }));
      closeDialog();
    } catch (error) {
      notifyFailure('wizard.create', error);
    }
  };
  return (
    <Modal
      title={say.title}
      size="large"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{say.cancel}</Button>
          {at > 0 && <Button onClick={() => goTo(at - 1)}>{say.back}</Button>}
          <Button variant="primary" onClick={next}>
            {step === 'Review' ? say.create : say.next}
          </Button>
        </>
      }
    >
      <ol className={styles.steps} aria-label={say.steps}>
        {steps.map((name, index) => (
          <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
            {say.step[name]}
          </li>
        ))}
      </ol>
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        {step === 'Settings' ? (
          <SettingsStep answers={answers} onChange={setAnswers} />
        ) : step === 'Review' ? (
          <ReviewStep answers={answers} />
        ) : (
          <PartStep key={step} part={step satisfies Part} answers={answers} onChange={setAnswers} />
        )}
        {fault && (
          <p className={styles.fault} role="alert">
            {fault}
          </p>
        )}
        {/* Enter in a field goes on. */}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}

const settingsFault = ({ name, roleArn, bucket }: WizardAnswers): string =>
  !/^[A-Za-z0-9.@\-_]{1,100}$/.test(name.trim())
    ? strings.start.wizard.nameFault
    : roleArn.trim() === ''
      ? strings.start.wizard.roleFault
      : bucket.trim() === ''
        ? strings.start.wizard.bucketFault
        : '';

function SettingsStep({ answers, onChange }: { answers: WizardAnswers; onChange: (answers: WizardAnswers) => void }) {
  const say = strings.start.wizard;
  const id = useId();
  const field = (key: 'name' | 'roleArn' | 'bucket', label: string, help: string) => (
    <div className={styles.row}>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        aria-describedby={`${id}-${key}-help`}
        value={answers[key]}
        spellCheck={false}
        onChange={(event) => onChange({ ...answers, [key]: event.target.value })}
      />
      <p id={`${id}-${key}-help`}>{help}</p>
    </div>
  );
  return (
    <>
      {field('name', say.name, say.nameHelp)}
      <div className={styles.row}>
        <label htmlFor={`${id}-type`}>{say.type}</label>
        <select
          id={`${id}-type`}
          value={answers.pipelineType}
          onChange={(event) =>
            onChange({
              ...answers,
              pipelineType: event.target.value as 'V1' | 'V2',
              // Modes, and some action types, are V2's.
              ...(event.target.value === 'V1' && {
                executionMode: 'SUPERSEDED',
                parts: emptyAnswers().parts,
              }),
            })
          }
        >
          <option value="V2">{say.v2}</option>
          <option value="V1">{say.v1}</option>
        </select>
      </div>
      {answers.pipelineType === 'V2' && (
        <div className={styles.row}>
          <label htmlFor={`${id}-mode`}>{say.mode}</label>
          <select
            id={`${id}-mode`}
            value={answers.executionMode}
            onChange={(event) =>
              onChange({ ...answers, executionMode: event.target.value as WizardAnswers['executionMode'] })
            }
          >
            {executionModes.map((mode) => (
              <option key={mode}>{mode}</option>
            ))}
          </select>
        </div>
      )}
      {field('roleArn', say.role, say.roleHelp)}
      {field('bucket', say.bucket, say.bucketHelp)}
    </>
  );
}

function ReviewStep({ answers }: { answers: WizardAnswers }) {
  const say = strings.start.wizard;
  const pipeline = useMemo(() => wizardPipeline(answers), [answers]);
  const problems = useMemo(() => validate(pipeline), [pipeline]);
  return (
    <div className={styles.review}>
      <TemplatePreview
        stages={pipeline.stages.map(({ name, actions }) => ({
          name,
          actions: actions.map(({ actionTypeId }) => actionTypeId),
        }))}
      />
      <div>
        <h3 tabIndex={-1}>{pipeline.name}</h3>
        <ul>
          {pipeline.stages.map(({ name, actions }) => (
            <li key={name}>
              {name}: {actions.map(({ actionTypeId }) => actionTypeId.provider).join(', ')}
            </li>
          ))}
        </ul>
        {problems.length === 0 ? (
          <p>{say.noProblems}</p>
        ) : (
          <>
            <p>{say.problems}</p>
            <ul>
              {problems.map(({ where, what }) => (
                <li key={`${where} ${what}`}>
                  {where && `${where}: `}
                  {what}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
