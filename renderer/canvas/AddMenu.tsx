import { Command as Menu } from 'cmdk';
import { useEffect, useRef } from 'react';
import type { Category, PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { providers } from '../../shared/providers/table.ts';
import { remember } from '../palette/recent.ts';
import { strings } from '../strings/strings.ts';
import { matchWords } from '../ui/matchWords.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './AddMenu.module.css';
import { useCanvas } from './canvasStore.ts';
import { addAction } from './operations/addAction.ts';
import { addStage } from './operations/addStage.ts';
import { refusal } from './operations/placement.ts';
import { perform } from './perform.ts';
import { type Slot, slotSentence } from './slots.ts';
import { focusCanvas } from './viewport.ts';

const WIDTH = 300;
const HEIGHT = 380;

/** The categories that may stand in a slot; the one that the slot asks for comes first. */
export function categoriesFor(pipeline: PipelineDeclaration, slot: Slot): Category[] {
  const wanted = slot.kind === 'stage' ? slot.name : undefined;
  return [...new Set(providers.map(({ actionTypeId }) => actionTypeId.category))]
    .filter((category) => refusal(pipeline, category, slot) === undefined)
    .filter((category) => wanted === undefined || (category === 'Source') === (wanted === 'Source'))
    .sort((a, b) => Number(b === wanted) - Number(a === wanted));
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const close = () => {
  useCanvas.setState({ addMenu: null });
  focusCanvas();
};

/** The searchable list of action types that may fill a slot: what a drag from the palette does, without a drag. */
export function AddMenu() {
  const place = useCanvas((state) => state.addMenu);
  if (!place) return null;
  const x = Math.max(8, Math.min(place.x, window.innerWidth - WIDTH - 8));
  const y = Math.max(8, Math.min(place.y, window.innerHeight - HEIGHT - 8));
  return <OpenMenu key={JSON.stringify(place.slot)} slot={place.slot} x={x} y={y} />;
}

const words = strings.canvas.add;

function OpenMenu({ slot, x, y }: { slot: Slot; x: number; y: number }) {
  const pipeline = useCanvas((state) => state.pipeline);
  const layout = useCanvas((state) => state.layout);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) useCanvas.setState({ addMenu: null });
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, []);

  const allowed = categoriesFor(pipeline, slot);
  const isFitting = ({ actionTypeId, status }: Provider) =>
    status !== 'retired' && allowed.includes(actionTypeId.category);
  const add = (provider: Provider) => {
    close();
    if (perform(addAction(pipeline, provider, slot))) remember(provider);
  };
  return (
    <div ref={element} className={styles.menu} style={{ left: x, top: y }} role="dialog" aria-label={words.title}>
      <Menu
        label={words.title}
        loop
        filter={matchWords}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      >
        <Menu.Input className={styles.input} placeholder={words.search} autoFocus />
        <p className={styles.place}>{sentence(slotSentence(layout, slot))}</p>
        <Menu.List className={styles.list}>
          <Menu.Empty className={styles.empty}>{words.none}</Menu.Empty>
          {allowed.map((category) => (
            <Menu.Group key={category} heading={category} className={styles.group}>
              {providers
                .filter((provider) => provider.actionTypeId.category === category && isFitting(provider))
                .map((provider) => (
                  <Menu.Item
                    key={provider.label}
                    className={styles.item}
                    value={`${strings.provided.text(provider.label)} ${category}`}
                    keywords={[
                      provider.actionTypeId.provider,
                      provider.label,
                      provider.help,
                      strings.provided.text(provider.help),
                    ]}
                    onSelect={() => add(provider)}
                  >
                    <ProviderGlyph category={category} size="small" />
                    <span className={styles.label}>{strings.provided.text(provider.label)}</span>
                  </Menu.Item>
                ))}
            </Menu.Group>
          ))}
          {slot.kind === 'stage' && pipeline.stages.length > 0 && (
            <Menu.Item
              className={styles.item}
              value={words.emptyStage}
              onSelect={() => {
                close();
                perform(addStage(pipeline, slot.index));
              }}
            >
              <span className={styles.label}>{words.emptyStage}</span>
            </Menu.Item>
          )}
        </Menu.List>
      </Menu>
    </div>
  );
}
