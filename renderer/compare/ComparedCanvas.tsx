import { type CSSProperties, memo, useEffect, useMemo, useState } from 'react';
import type { Comparison } from '../../shared/compare/comparison.ts';
import { type JoinedPipeline, joinedPipeline } from '../../shared/compare/joinedPipeline.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { go } from '../canvas/keyboard.ts';
import { PipelineCanvas } from '../canvas/PipelineCanvas.tsx';
import { showAll } from '../canvas/viewport.ts';
import { BlendSlider } from './BlendSlider.tsx';
import { BOTH, drawnAt, fadeRules, shownAt } from './blend.ts';
import { CompareMarks } from './CompareMarks.tsx';
import styles from './CompareView.module.css';

interface ComparedCanvasProps {
  comparison: Comparison;
  before: PipelineDeclaration;
  after: PipelineDeclaration;
  /** A place as the list of changes names it. */
  selected: string;
  /** Counts how often the list asked to see the selected place. */
  asked: number;
  onSelect: (where: string) => void;
}

/** Both versions on one canvas, and the slider that goes from one to the other. */
export function ComparedCanvas({ comparison, before, after, selected, asked, onSelect }: ComparedCanvasProps) {
  const [blend, setBlend] = useState(BOTH);
  const drawn = drawnAt(blend);
  const joined = useMemo(() => joinedPipeline(comparison, before, after, drawn), [comparison, before, after, drawn]);
  useFadeRules(joined);
  // Other versions, another whole: it is shown as it is when a canvas is opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the comparison says when.
  useEffect(showAll, [comparison]);
  const shown = shownAt(blend);
  const style = { '--before-shown': shown.before, '--after-shown': shown.after } as CSSProperties;
  return (
    <div className={styles.canvasAndBlend}>
      <div className={styles.canvas} data-blend={blend} style={style}>
        <Joined joined={joined} selected={selected} asked={asked} onSelect={onSelect} />
      </div>
      <BlendSlider value={blend} onChange={setBlend} />
    </div>
  );
}

/** Stays as it is while the slider moves between two stops. */
const Joined = memo(function Joined({
  joined: { pipeline, marks, places },
  selected,
  asked,
  onSelect,
}: { joined: JoinedPipeline } & Pick<ComparedCanvasProps, 'selected' | 'asked' | 'onSelect'>) {
  const listed = useMemo(() => new Map([...places].map(([where, place]) => [place, where])), [places]);
  const place = places.get(selected) ?? selected;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is shown when the list asks, not whenever another is selected.
  useEffect(() => {
    if (asked > 0 && place !== '') go(place);
  }, [asked]);
  return (
    <PipelineCanvas
      pipeline={pipeline}
      selection={place}
      onSelect={(where) => onSelect(listed.get(where) ?? where)}
      overlay={<CompareMarks marks={marks} />}
    />
  );
});

function useFadeRules({ marks }: JoinedPipeline): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(fadeRules(marks));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [marks]);
}
