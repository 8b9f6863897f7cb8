import { type ReactNode, useId } from 'react';
import type { Problem } from '../../../shared/problem.ts';
import { FixButtons } from '../../problems/FixButtons.tsx';
import { ownsProblems } from '../../problems/fixTarget.ts';
import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';

/** What a control must carry so that label, help and problems belong to it. */
export interface ControlIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface FormRowProps {
  label: string;
  help?: string;
  optional?: boolean;
  problems?: readonly Problem[];
  /** Stands at the right of the label, e.g. the variable picker. */
  aside?: ReactNode;
  /** Label and control in one line (switches). */
  inline?: boolean;
  /** The row holds several controls, each with a name of its own. */
  group?: boolean;
  children: (ids: ControlIds) => ReactNode;
}

/** One row of a dense form: label, control, then help or what is wrong with it. */
export function FormRow({ label, help, optional, problems = [], aside, inline, group, children }: FormRowProps) {
  const id = useId();
  const describedBy = [help && `${id}-help`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(' ');
  const Label = group ? 'span' : 'label';
  const hasError = problems.some(({ severity }) => severity === 'error');
  return (
    <div
      className={styles.row}
      data-form-row
      data-inline={inline}
      ref={ownsProblems(problems)}
      {...(group && { role: 'group', 'aria-labelledby': `${id}-label` })}
    >
      <div className={styles.labelLine}>
        <Label id={`${id}-label`} className={styles.label} {...(!group && { htmlFor: id })}>
          {label}
          {optional && <span className={styles.optional}> {strings.inspector.controls.optional}</span>}
        </Label>
        {aside}
      </div>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': hasError || undefined })}
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className={styles.problems}>
          {problems.map((problem) => (
            <li key={problem.code + problem.what} data-severity={problem.severity}>
              {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}{' '}
              <FixButtons problem={problem} />
            </li>
          ))}
        </ul>
      )}
      {help && (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </div>
  );
}
