import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { keysOf } from '../commands/registry.ts';
import { strings } from '../strings/strings.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { CloseIcon, NextIcon, PreviousIcon } from '../ui/icons.ts';
import { useCanvas } from './canvasStore.ts';
import styles from './FindBar.module.css';
import { closeFind, findNext, foundIn, useFind } from './find.ts';
import { focusCanvas } from './viewport.ts';

const words = strings.canvas.find;

/** What is looked for on the canvas: Enter goes on, Escape gives the keyboard back to the canvas. */
export function FindBar() {
  const { isOpen, query, at } = useFind();
  const pipeline = useCanvas((state) => state.pipeline);
  const count = useMemo(() => (isOpen ? foundIn(pipeline, query).length : 0), [isOpen, pipeline, query]);
  if (!isOpen) return null;
  const close = () => {
    closeFind();
    focusCanvas();
  };
  return (
    <search className={styles.bar}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because the user asked to type into it
        autoFocus
        aria-label={words.label}
        placeholder={words.placeholder}
        value={query}
        data-find
        // What was looked for last is there again, to go on with or to be typed over.
        onFocus={(event) => event.target.select()}
        spellCheck={false}
        onChange={(event) => useFind.setState({ query: event.target.value, at: -1 })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'F3') {
            event.preventDefault();
            findNext(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            close();
          }
        }}
      />
      <span className={styles.count} role="status">
        {query === '' ? '' : count === 0 ? words.nothing : at < 0 ? words.count(count) : words.at(at + 1, count)}
      </span>
      <IconButton icon={PreviousIcon} label={words.previous} side="bottom" onClick={() => findNext(-1)} />
      <IconButton
        icon={NextIcon}
        label={words.next}
        keys={keysOf('view.findNext')}
        side="bottom"
        onClick={() => findNext(1)}
      />
      <IconButton icon={CloseIcon} label={words.close} side="bottom" onClick={close} />
    </search>
  );
}

/** Outlines every find. */
export function FoundMarks() {
  const { isOpen, query } = useFind();
  const pipeline = useCanvas((state) => state.pipeline);
  const layout = useCanvas((state) => state.layout);
  const boxes = useMemo(() => {
    const found = new Set(isOpen ? foundIn(pipeline, query) : []);
    return [...layout.cards.values()].filter(({ where }) => found.has(where));
  }, [isOpen, query, pipeline, layout]);
  if (boxes.length === 0) return null;
  return (
    <ViewportPortal>
      {boxes.map(({ id, x, y, width, height }) => (
        <div
          key={id}
          className={styles.found}
          style={{ left: x - 4, top: y - 4, width: width + 8, height: height + 8 }}
        />
      ))}
    </ViewportPortal>
  );
}
