import { useId, useState } from 'react';
import { parseGlob } from '../../../shared/triggers/glob.ts';
import { judgePatterns } from '../../../shared/triggers/judgeFilter.ts';
import { strings } from '../../strings/strings.ts';
import controls from '../controls/controls.module.css';
import { ListControl } from '../controls/ListControl.tsx';
import { type Patterns, withPatterns } from '../edits/triggerEdits.ts';
import styles from './pipeline.module.css';

const words = strings.inspector.pipeline;
const SIDES = ['includes', 'excludes'] as const;

interface PatternsFieldProps {
  /** What is matched: 'Branches', 'Tags', 'File paths'. */
  title: string;
  /** One of them, for the tester: 'branch'. */
  noun: keyof typeof words.tryOne;
  example: string;
  patterns: Patterns | undefined;
  onChange: (patterns: Patterns | undefined) => void;
}

/** Patterns that take and patterns that leave out, and a field to try a name on them: which one matches is said at once. */
export function PatternsField({ title, noun, example, patterns = {}, onChange }: PatternsFieldProps) {
  const [tried, setTried] = useState('');
  const id = useId();
  const isEmpty = !patterns.includes && !patterns.excludes;
  const verdict = tried === '' ? undefined : isEmpty ? undefined : judgePatterns(tried, patterns);
  const all = SIDES.flatMap((side) =>
    (patterns[side] ?? []).map((pattern) => ({ pattern, word: words.sideWords[side] })),
  );
  return (
    <fieldset className={styles.patterns}>
      <legend>{title}</legend>
      {SIDES.map((side) => (
        <div key={side}>
          <span className={controls.label}>{words.sides[side]}</span>
          <ListControl
            itemLabel={words.patternsOf(title, words.sideWords[side])}
            placeholder={side === 'includes' ? words.addPatternLike(example) : words.addPattern}
            mono
            values={patterns[side] ?? []}
            onChange={(list) => onChange(withPatterns(patterns, side, list))}
          />
        </div>
      ))}
      <label className={controls.label} htmlFor={id}>
        {words.tryOne[noun]}
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
            <strong>{verdict.isMatched ? words.passes : words.doesNotPass}</strong>: “{tried}” {verdict.why}.
          </p>
        )}
        {tried !== '' && isEmpty && <p>{words.patternFirst}</p>}
        {tried !== '' && all.length > 1 && (
          <ul>
            {all.map(({ pattern, word }) => {
              const { fault, matches } = globOf(pattern, tried);
              return (
                <li key={`${word} ${pattern}`} data-matched={matches}>
                  <span aria-hidden="true">{fault ? '▲' : matches ? '✓' : '–'}</span> {word} <code>{pattern}</code>{' '}
                  {fault ? words.noPattern(fault) : matches ? words.matches : words.doesNotMatch}
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
