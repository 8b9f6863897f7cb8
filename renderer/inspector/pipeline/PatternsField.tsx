import { useId, useState } from 'react';
import { parseGlob } from '../../../shared/triggers/glob.ts';
import { judgePatterns } from '../../../shared/triggers/judgeFilter.ts';
import controls from '../controls/controls.module.css';
import { ListControl } from '../controls/ListControl.tsx';
import { type Patterns, withPatterns } from '../edits/triggerEdits.ts';
import styles from './pipeline.module.css';

interface PatternsFieldProps {
  /** What is matched: 'Branches', 'Tags', 'File paths'. */
  title: string;
  /** One of them, for the tester: 'branch'. */
  noun: string;
  example: string;
  patterns: Patterns | undefined;
  onChange: (patterns: Patterns | undefined) => void;
}

const SIDES = [
  ['includes', 'include', 'Taken'],
  ['excludes', 'exclude', 'Left out'],
] as const;

/** Patterns that take and patterns that leave out, and a field to try a name on them: which one matches is said at once. */
export function PatternsField({ title, noun, example, patterns = {}, onChange }: PatternsFieldProps) {
  const [tried, setTried] = useState('');
  const id = useId();
  const isEmpty = !patterns.includes && !patterns.excludes;
  const verdict = tried === '' ? undefined : isEmpty ? undefined : judgePatterns(tried, patterns);
  const all = SIDES.flatMap(([side, word]) => (patterns[side] ?? []).map((pattern) => ({ pattern, word })));
  return (
    <fieldset className={styles.patterns}>
      <legend>{title}</legend>
      {SIDES.map(([side, word, heading]) => (
        <div key={side}>
          <span className={controls.label}>{heading}</span>
          <ListControl
            itemLabel={`${title}: ${word}`}
            placeholder={side === 'includes' ? `Add a pattern, e.g. ${example}` : 'Add a pattern'}
            mono
            values={patterns[side] ?? []}
            onChange={(list) => onChange(withPatterns(patterns, side, list))}
          />
        </div>
      ))}
      <label className={controls.label} htmlFor={id}>
        Try a {noun}
      </label>
      <input
        id={id}
        type="text"
        className={controls.text}
        data-mono="true"
        placeholder={example.replaceAll('*', 'x')}
        autoComplete="off"
        spellCheck={false}
        value={tried}
        aria-describedby={`${id}-verdict`}
        onChange={(event) => setTried(event.target.value)}
      />
      <div id={`${id}-verdict`} role="status" className={styles.verdict} data-matched={verdict?.isMatched}>
        {verdict && (
          <p>
            <strong>{verdict.isMatched ? 'Passes' : 'Does not pass'}</strong>: “{tried}” {verdict.why}.
          </p>
        )}
        {tried !== '' && isEmpty && <p>Give it a pattern first.</p>}
        {tried !== '' && all.length > 1 && (
          <ul>
            {all.map(({ pattern, word }) => {
              const { fault, matches } = globOf(pattern, tried);
              return (
                <li key={`${word} ${pattern}`} data-matched={matches}>
                  <span aria-hidden="true">{fault ? '▲' : matches ? '✓' : '–'}</span> {word} <code>{pattern}</code>{' '}
                  {fault ? `is no pattern: ${fault}` : matches ? 'matches' : 'does not match'}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </fieldset>
  );
}

function globOf(pattern: string, name: string): { fault: string | undefined; matches: boolean } {
  const glob = parseGlob(pattern);
  return { fault: glob.fault, matches: glob.matches(name) };
}
