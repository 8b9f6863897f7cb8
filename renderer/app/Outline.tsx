import { type KeyboardEvent, useEffect, useRef } from 'react';
import { type PipelineDeclaration, runOrderGroups } from '../../shared/model/declaration.ts';
import { CanvasMenu } from '../canvas/CanvasMenu.tsx';
import { go } from '../canvas/keyboard.ts';
import { commandOf } from '../commands/registry.ts';
import { activePipeline, activeSelection, setSelection, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './Outline.module.css';

/** A line of the tree; '' is the pipeline, 'Stage', 'Stage/Action'. */
interface Line {
  where: string;
  label: string;
  /** Said after the label. */
  more: string;
  level: 1 | 2 | 3;
  position: number;
  size: number;
  category?: string;
  detail?: string;
}

function linesOf(pipeline: PipelineDeclaration): Line[] {
  const say = strings.app.outline;
  const lines: Line[] = [{ where: '', label: pipeline.name || say.pipeline, more: '', level: 1, position: 1, size: 1 }];
  for (const [index, stage] of pipeline.stages.entries()) {
    const size = stage.actions.length;
    lines.push({
      where: stage.name,
      label: stage.name,
      more: say.ofStage(size),
      level: 2,
      position: index + 1,
      size: pipeline.stages.length,
    });
    let position = 0;
    for (const [groupIndex, { runOrder, actions }] of runOrderGroups(stage).entries())
      for (const [actionIndex, action] of actions.entries()) {
        position += 1;
        lines.push({
          where: `${stage.name}/${action.name}`,
          label: action.name,
          more: say.ofAction(action.actionTypeId.provider, runOrder),
          level: 3,
          position,
          size,
          category: action.actionTypeId.category,
          ...(groupIndex > 0 && actionIndex === 0 && { detail: say.runOrder(runOrder) }),
        });
      }
  }
  return lines;
}

/**
 * The pipeline as a tree of words: pipeline, stages, actions in run order. It follows the canvas and leads it, and every command
 * of the canvas works here as well, by key and from the menu: to a screen reader it is the editor.
 */
export function Outline() {
  const pipeline = useDocuments(activePipeline);
  const selection = useDocuments(activeSelection);
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  // What has moved or was renamed takes the keyboard along, if it was here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another line is selected, or the lines are others
  useEffect(() => {
    const current = tree.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    current?.scrollIntoView?.({ block: 'nearest' });
    if (tree.current?.contains(document.activeElement)) current?.focus();
  }, [selection, pipeline]);
  if (!pipeline) return null;
  const say = strings.app.outline;
  const lines = linesOf(pipeline);
  const at = Math.max(
    0,
    lines.findIndex(({ where }) => where === selection),
  );
  const choose = (line: Line | undefined) => {
    if (!line) return;
    setSelection(line.where);
    go(line.where || undefined);
  };
  const parentOf = (index: number) => lines.slice(0, index).findLast(({ level }) => level < lines[index]!.level);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const child = lines[at + 1];
    const to: Partial<Record<string, Line | undefined>> = {
      ArrowDown: lines[at + 1],
      ArrowUp: lines[at - 1],
      ArrowLeft: parentOf(at),
      ArrowRight: child && child.level > lines[at]!.level ? child : undefined,
      Home: lines[0],
      End: lines.at(-1),
    };
    if (event.key in to) {
      event.preventDefault();
      choose(to[event.key]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      useUi.setState({ isInspectorOpen: true });
      requestAnimationFrame(() => document.querySelector<HTMLElement>('#inspector :is(input, button)')?.focus());
    } else if (event.key.length === 1 && event.key !== ' ') {
      const isWord = typed.current.text !== '' && event.timeStamp - typed.current.at < 900;
      // A letter that is a command of its own only continues a word.
      if (!isWord && commandOf(event.nativeEvent)) return;
      typed.current = { text: (isWord ? typed.current.text : '') + event.key.toLowerCase(), at: event.timeStamp };
      event.preventDefault();
      const start = at + (typed.current.text.length === 1 ? 1 : 0);
      const ahead = [...lines.slice(start), ...lines.slice(0, start)];
      choose(ahead.find(({ label }) => label.toLowerCase().startsWith(typed.current.text)));
    }
  };
  return (
    <nav className={styles.outline} aria-label={say.title}>
      <h2 className={styles.title}>{say.title}</h2>
      <CanvasMenu>
        <div ref={tree} className={styles.tree} role="tree" aria-label={say.title} onKeyDown={onKeyDown}>
          {lines.map((line, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while a pipeline is being written
              key={index}
              role="treeitem"
              className={styles.row}
              data-edits=""
              data-where={line.where}
              data-level={line.level}
              aria-level={line.level}
              aria-posinset={line.position}
              aria-setsize={line.size}
              aria-selected={index === at}
              aria-expanded={line.level < 3 ? true : undefined}
              tabIndex={index === at ? 0 : -1}
              title={line.label}
              onClick={(event) => {
                event.currentTarget.focus();
                choose(line);
              }}
            >
              {line.category && <ProviderGlyph category={line.category} size="small" />}
              <span className="visually-hidden">{line.label + line.more}</span>
              <span className={styles.label} aria-hidden="true">
                {line.label}
              </span>
              {line.detail && (
                <span className={styles.detail} aria-hidden="true">
                  {line.detail}
                </span>
              )}
            </div>
          ))}
        </div>
      </CanvasMenu>
    </nav>
  );
}
