import { useId } from 'react';
import { actionTypeKey } from '../../shared/model/declaration.ts';
import type { Field } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';
import styles from './Wizard.module.css';
import {
  askedOf,
  choicesOf,
  configurationOf,
  type Part,
  providerOf,
  takesCommands,
  type WizardAnswers,
} from './wizardPipeline.ts';

/** One part of the pipeline: which provider, and what it must be told. The rest is set on the canvas. */
export function PartStep({
  part,
  answers,
  onChange,
}: {
  part: Part;
  answers: WizardAnswers;
  onChange: (answers: WizardAnswers) => void;
}) {
  const say = strings.start.wizard;
  const id = useId();
  const answer = answers.parts[part];
  const provider = providerOf(answer);
  const change = (changed: Partial<typeof answer>) =>
    onChange({ ...answers, parts: { ...answers.parts, [part]: { ...answer, ...changed } } });
  const configuration = configurationOf(part, answers);
  return (
    <>
      <div className={styles.row}>
        <label htmlFor={`${id}-type`}>{say.provider[part]}</label>
        <select
          id={`${id}-type`}
          aria-describedby={`${id}-help`}
          value={answer.type}
          onChange={(event) => change({ type: event.target.value, configuration: {} })}
        >
          {part !== 'Source' && <option value="">{say.skip[part]}</option>}
          {choicesOf(part, answers.pipelineType).map((choice) => (
            <option key={actionTypeKey(choice.actionTypeId)} value={actionTypeKey(choice.actionTypeId)}>
              {strings.provided.text(choice.label)}
            </option>
          ))}
        </select>
        <p id={`${id}-help`}>
          {provider ? strings.provided.text(provider.help) : part === 'Source' ? say.sourceFault : say.skipped[part]}
        </p>
      </div>
      {askedOf(part, answers).map(({ key, field, isDemanded }) => (
        <div key={key} className={styles.row}>
          <label htmlFor={`${id}-${key}`}>
            {strings.provided.text(field.label)}
            {!isDemanded && <span className={styles.optional}> {say.optional}</span>}
          </label>
          <Control
            id={`${id}-${key}`}
            field={field}
            isDemanded={isDemanded}
            value={answer.configuration[key] ?? ''}
            onChange={(value) => change({ configuration: { ...answer.configuration, [key]: value } })}
          />
          <p id={`${id}-${key}-help`}>{strings.provided.text(field.help)}</p>
        </div>
      ))}
      {provider && takesCommands(provider) && (
        <div className={styles.row}>
          <label htmlFor={`${id}-commands`}>{say.commands}</label>
          <textarea
            id={`${id}-commands`}
            rows={4}
            spellCheck={false}
            value={answer.commands}
            placeholder={say.commandsHint}
            onChange={(event) => change({ commands: event.target.value })}
          />
          <p>{say.commandsHelp}</p>
        </div>
      )}
      {provider && Object.keys(provider.configuration).length > Object.keys(configuration).length && (
        <p className={styles.more}>{say.more}</p>
      )}
    </>
  );
}

function Control({
  id,
  field,
  isDemanded,
  value,
  onChange,
}: {
  id: string;
  field: Field;
  isDemanded: boolean;
  value: string;
  onChange: (value: string) => void;
}) {
  const say = strings.start.wizard;
  const common = { id, 'aria-describedby': `${id}-help`, 'aria-required': isDemanded, value };
  const values = field.type === 'boolean' ? ['true', 'false'] : field.type === 'enum' ? field.values : undefined;
  if (values)
    return (
      <select {...common} onChange={(event) => onChange(event.target.value)}>
        <option value="">{field.default === undefined ? say.choose : say.default(field.default)}</option>
        {values.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    );
  return (
    <input
      {...common}
      placeholder={field.placeholder}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
