import { useEffect, useMemo, useRef, useState } from 'react';
import { changeList } from '../../shared/compare/changeList.ts';
import { comparePipelines } from '../../shared/compare/comparePipelines.ts';
import { DiffView } from '../aws/DiffView.tsx';
import { showView } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { SwapIcon } from '../ui/icons.ts';
import { ChangesList } from './ChangesList.tsx';
import { ComparedCanvas } from './ComparedCanvas.tsx';
import styles from './CompareView.module.css';
import { refreshTabs, swap, useCompare } from './compareStore.ts';
import { SideChoice } from './SideChoice.tsx';
import { type LoadedSide, textsOf } from './sides.ts';

/** Any two versions of a pipeline: on one canvas, as a list, and line by line. */
export function CompareView() {
  const before = useCompare((state) => state.loaded.before);
  const after = useCompare((state) => state.loaded.after);
  const texts = strings.compare;
  const [mode, setMode] = useState<'canvas' | 'text'>('canvas');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    refreshTabs();
    heading.current?.focus();
  }, []);
  return (
    <section className={styles.page} aria-label={texts.view}>
      <header className={styles.head}>
        <h1 ref={heading} tabIndex={-1}>
          {texts.title}
        </h1>
        <SideChoice name="before" label={texts.before} />
        <IconButton icon={SwapIcon} label={texts.swap} side="bottom" onClick={swap} />
        <SideChoice name="after" label={texts.after} />
        <span className={styles.space} />
        <fieldset className={styles.modes} aria-label={texts.shownAs}>
          {(['canvas', 'text'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={mode === name} onClick={() => setMode(name)}>
              {texts.modes[name]}
            </button>
          ))}
        </fieldset>
        <Button onClick={() => showView('design')}>{texts.back}</Button>
      </header>
      {before && after ? (
        <Compared before={before} after={after} mode={mode} />
      ) : (
        <p className={styles.empty}>{texts.choose}</p>
      )}
    </section>
  );
}

function Compared({ before, after, mode }: { before: LoadedSide; after: LoadedSide; mode: 'canvas' | 'text' }) {
  const selected = useCompare((state) => state.selected);
  const [asked, setAsked] = useState(0);
  const { comparison, changes } = useMemo(() => {
    const found = comparePipelines(before.pipeline, after.pipeline);
    return { comparison: found, changes: changeList(found, before.pipeline, after.pipeline) };
  }, [before, after]);
  const texts = useMemo(() => textsOf(before, after), [before, after]);
  return (
    <div className={styles.body}>
      <ChangesList
        changes={changes}
        selected={selected}
        onSelect={(where) => {
          select(where);
          setAsked((count) => count + 1);
        }}
      />
      {mode === 'canvas' ? (
        <ComparedCanvas
          comparison={comparison}
          before={before.pipeline}
          after={after.pipeline}
          selected={selected}
          asked={asked}
          onSelect={select}
        />
      ) : (
        <div className={styles.text}>
          {texts.isRewritten && <p className={styles.quiet}>{strings.compare.rewritten}</p>}
          {texts.before === texts.after ? (
            <p className={styles.quiet}>{strings.compare.sameText}</p>
          ) : (
            <DiffView before={texts.before} after={texts.after} label={strings.compare.lineByLine} />
          )}
        </div>
      )}
    </div>
  );
}

const select = (selected: string): void => useCompare.setState({ selected });
