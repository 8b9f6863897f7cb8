import { useEffect, useMemo, useRef, useState } from 'react';
import { changeList } from '../../shared/compare/changeList.ts';
import { comparePipelines } from '../../shared/compare/comparePipelines.ts';
import { joinedPipeline } from '../../shared/compare/joinedPipeline.ts';
import { DiffView } from '../aws/DiffView.tsx';
import { go } from '../canvas/keyboard.ts';
import { PipelineCanvas } from '../canvas/PipelineCanvas.tsx';
import { showView } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { SwapIcon } from '../ui/icons.ts';
import { ChangesList } from './ChangesList.tsx';
import { CompareMarks } from './CompareMarks.tsx';
import styles from './CompareView.module.css';
import { refreshTabs, swap, useCompare } from './compareStore.ts';
import { SideChoice } from './SideChoice.tsx';
import { type LoadedSide, textsOf } from './sides.ts';

/** Any two versions of a pipeline: on one canvas, as a list, and line by line. */
export function CompareView() {
  const before = useCompare((state) => state.loaded.before);
  const after = useCompare((state) => state.loaded.after);
  const [mode, setMode] = useState<'canvas' | 'text'>('canvas');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    refreshTabs();
    heading.current?.focus();
  }, []);
  return (
    <section className={styles.page} aria-label="Compare versions">
      <header className={styles.head}>
        <h1 ref={heading} tabIndex={-1}>
          Compare
        </h1>
        <SideChoice name="before" label="Before" />
        <IconButton icon={SwapIcon} label="Swap the sides" side="bottom" onClick={swap} />
        <SideChoice name="after" label="After" />
        <span className={styles.space} />
        <fieldset className={styles.modes} aria-label="Shown as">
          {(['canvas', 'text'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={mode === name} onClick={() => setMode(name)}>
              {name === 'canvas' ? 'Canvas' : 'Text'}
            </button>
          ))}
        </fieldset>
        <Button onClick={() => showView('design')}>Back to the design</Button>
      </header>
      {before && after ? (
        <Compared before={before} after={after} mode={mode} />
      ) : (
        <p className={styles.empty}>Choose what to compare on both sides.</p>
      )}
    </section>
  );
}

function Compared({ before, after, mode }: { before: LoadedSide; after: LoadedSide; mode: 'canvas' | 'text' }) {
  const selected = useCompare((state) => state.selected);
  const { changes, joined } = useMemo(() => {
    const comparison = comparePipelines(before.pipeline, after.pipeline);
    return {
      changes: changeList(comparison, before.pipeline, after.pipeline),
      joined: joinedPipeline(comparison, before.pipeline, after.pipeline),
    };
  }, [before, after]);
  const texts = useMemo(() => textsOf(before, after), [before, after]);
  const select = (where: string) => useCompare.setState({ selected: where });
  return (
    <div className={styles.body}>
      <ChangesList
        changes={changes}
        selected={selected}
        onSelect={(where) => {
          select(where);
          if (mode === 'canvas') go(where || undefined);
        }}
      />
      {mode === 'canvas' ? (
        <div className={styles.canvas}>
          <PipelineCanvas
            pipeline={joined.pipeline}
            selection={selected}
            onSelect={select}
            overlay={<CompareMarks marks={joined.marks} />}
          />
        </div>
      ) : (
        <div className={styles.text}>
          {texts.isRewritten && (
            <p className={styles.quiet}>Both are written the same way here, so that only what they say differs.</p>
          )}
          {texts.before === texts.after ? (
            <p className={styles.quiet}>The texts are the same.</p>
          ) : (
            <DiffView before={texts.before} after={texts.after} label="Differences line by line" />
          )}
        </div>
      )}
    </div>
  );
}
