import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { disableNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Category } from '../../shared/model/declaration.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { providers } from '../../shared/providers/table.ts';
import { canvas } from '../canvas/canvasStore.ts';
import { pickUp } from '../canvas/carry.ts';
import { addAction } from '../canvas/operations/addAction.ts';
import { perform } from '../canvas/perform.ts';
import { nearestSlot } from '../canvas/slotAfter.ts';
import { focusCanvas } from '../canvas/viewport.ts';
import { strings } from '../strings/strings.ts';
import { PlaceIcon, SearchIcon } from '../ui/icons.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './Palette.module.css';
import { recentFirst, remember, useRecent } from './recent.ts';
import { useOneTabStop } from './useOneTabStop.ts';

const words = strings.palette;

/** In the order of the table: from the source to what is invoked along the way. */
const categories: readonly Category[] = [...new Set(providers.map(({ actionTypeId }) => actionTypeId.category))];

/** The action types whose name, provider or description holds every word of the filter, by category. */
export function filtered(
  filter: string,
  recent: readonly string[] = [],
): { category: Category; entries: Provider[] }[] {
  const needles = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return categories
    .map((category) => ({
      category,
      entries: recentFirst(
        providers.filter(({ actionTypeId, label, shortLabel, help, status }) => {
          if (actionTypeId.category !== category || status === 'retired') return false;
          const said = [label, shortLabel, help].flatMap((text) => [text, strings.provided.text(text)]);
          const text = [category, actionTypeId.provider, ...said].join(' ').toLowerCase();
          return needles.every((needle) => text.includes(needle));
        }),
        recent,
      ),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/**
 * Every action type, to be dragged onto the canvas. Enter or a click adds it after the selection; the button beside it lets one
 * choose its place by a second click.
 */
export function Palette() {
  const [filter, setFilter] = useState('');
  const recent = useRecent((state) => state.ids);
  const groups = useMemo(() => filtered(filter, recent), [filter, recent]);
  const [showsAll, setShowsAll] = useState<readonly Category[]>([]);
  const list = useOneTabStop();
  return (
    <section className={styles.palette} aria-label={words.title}>
      <h2 className={styles.title}>{words.title}</h2>
      <label className={styles.filter}>
        <SearchIcon size={14} aria-hidden="true" />
        <input
          type="search"
          placeholder={words.filter}
          aria-label={words.filterLabel}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </label>
      <div {...list} className={styles.list} role="toolbar" aria-label={words.title} aria-orientation="vertical">
        {groups.map(({ category, entries }) => {
          const isWhole = filter !== '' || entries.length <= FEW + 1 || showsAll.includes(category);
          const shown = isWhole ? entries : entries.slice(0, FEW);
          return (
            <div key={category} className={styles.group}>
              <h3>{category}</h3>
              {shown.map((provider) => (
                <Entry key={provider.label} provider={provider} />
              ))}
              {!isWhole && (
                <button
                  type="button"
                  data-stop
                  className={styles.more}
                  onClick={() => setShowsAll([...showsAll, category])}
                >
                  {words.more(entries.length - FEW)}
                </button>
              )}
            </div>
          );
        })}
        {groups.length === 0 && <p className={styles.empty}>{words.none(filter)}</p>}
      </div>
    </section>
  );
}

/** The table lists the usual ones first. */
const FEW = 5;

function Entry({ provider }: { provider: Provider }) {
  const element = useRef<HTMLButtonElement>(null);
  const [isPointed, setIsPointed] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ provider }),
      canDrag: () => canvas().documentId !== null,
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    });
  }, [provider]);
  const { category } = provider.actionTypeId;
  const { fidelity } = provider.local;
  const add = () => {
    const { pipeline, layout, selected } = canvas();
    // The new card is selected and has the keyboard: to be named, moved or configured next.
    if (!perform(addAction(pipeline, provider, nearestSlot(pipeline, layout, selected, category)))) return;
    remember(provider);
    focusCanvas();
  };
  return (
    <div className={styles.row} onPointerEnter={() => setIsPointed(true)} onPointerLeave={() => setIsPointed(false)}>
      <button
        ref={element}
        type="button"
        data-stop
        className={styles.entry}
        title={`${strings.provided.text(provider.label)}. ${strings.provided.text(provider.help)} ${words.fidelity[fidelity]}`}
        onClick={add}
      >
        <ProviderGlyph category={category} size="small" />
        <span className={styles.label}>{strings.provided.text(provider.shortLabel)}</span>
        <span className={styles.fidelity} data-fidelity={fidelity} />
      </button>
      {isPointed && (
        <button
          type="button"
          // By keyboard an action is added and then moved.
          tabIndex={-1}
          className={styles.place}
          aria-label={words.choosePlace}
          title={words.choosePlace}
          onClick={() => pickUp({ kind: 'add', provider })}
        >
          <PlaceIcon size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
