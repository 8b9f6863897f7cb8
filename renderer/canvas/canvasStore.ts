import type { ReactFlowInstance } from '@xyflow/react';
import { create } from 'zustand';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { type CanvasLayout, layoutPipeline } from './layout.ts';
import type { Pipe } from './nodes.ts';
import { connect } from './operations/connect.ts';
import { isRefused } from './operations/operation.ts';
import type { Port } from './ports.ts';
import type { Slot } from './slots.ts';

/** What the pointer carries while a drag lasts. */
export type Gesture =
  | { kind: 'add'; provider: Provider }
  | { kind: 'move'; where: string; category: string; isCopy: boolean }
  | { kind: 'stage'; where: string }
  | { kind: 'connect'; where: string; artifact: string | undefined };

/**
 * The one mounted canvas: what it shows and what the hands do on it. Apart from the document (which is the truth) and from the
 * execution (which changes far more often). Cards subscribe to booleans only.
 */
export interface CanvasState {
  pipeline: PipelineDeclaration;
  layout: CanvasLayout;
  pipes: readonly Pipe[];
  /** Null while the canvas only shows (history, a text that does not parse). */
  documentId: string | null;
  /** The selected place, and further ones marked with Ctrl+click. */
  selected: string;
  /** The place whose name is being typed on the canvas; '' = none. */
  renaming: string;
  marked: ReadonlySet<string>;
  onSelect: (where: string) => void;
  /** A selected pipe: the artifact and the action that takes it. */
  pipe: { artifact: string; target: string } | null;
  /** Id of the pipe under the pointer; '' = none. */
  pointedPipe: string;
  /** The port of the selected card on which the keyboard is. */
  port: Port | null;
  /** The keyboard is on the canvas. */
  hasFocus: boolean;
  /** Worst fault of each place. */
  severity: ReadonlyMap<string, 'error' | 'warning'>;
  /** Places that are behind the text, because it cannot be read there. */
  stale: ReadonlySet<string>;
  gesture: Gesture | null;
  /** It was picked up by a click and lasts until the next (carry.ts), not for as long as a button is held. */
  isCarried: boolean;
  slot: Slot | undefined;
  /** Card under the pointer while connecting. */
  target: string;
  /** Why letting go here would do nothing; '' = it would do something. */
  refused: string;
  /** The add-action menu: where it stands on the screen and which slot it fills. */
  addMenu: { x: number; y: number; slot: Slot } | null;
  /** Said to a screen reader. */
  said: string;
  flow: ReactFlowInstance | null;
}

const nothing = { stages: [], name: '', roleArn: '' } as unknown as PipelineDeclaration;

export const useCanvas = create<CanvasState>()(() => ({
  pipeline: nothing,
  layout: layoutPipeline(nothing),
  pipes: [],
  documentId: null,
  selected: '',
  renaming: '',
  marked: new Set(),
  onSelect: () => {},
  pipe: null,
  pointedPipe: '',
  port: null,
  hasFocus: false,
  severity: new Map(),
  stale: new Set(),
  gesture: null,
  isCarried: false,
  slot: undefined,
  target: '',
  refused: '',
  addMenu: null,
  said: '',
  flow: null,
}));

export const canvas = useCanvas.getState;

// Selectors

export const isSelected =
  (where: string) =>
  ({ selected, marked }: CanvasState): boolean =>
    selected === where || marked.has(where);
export const severityOf =
  (where: string) =>
  ({ severity }: CanvasState): 'error' | 'warning' | undefined =>
    severity.get(where);
export const isStale =
  (where: string) =>
  ({ stale }: CanvasState): boolean =>
    stale.has(where);
/** What a card shows of the hands: one value for all, so that a card is one subscriber. Space-separated words. */
export const marksOf =
  (where: string) =>
  ({ selected, marked, severity, stale, gesture, target, pipeline, port }: CanvasState): string => {
    const marks: string[] = [];
    if (selected === where || marked.has(where)) marks.push('selected');
    const worst = severity.get(where);
    if (worst) marks.push(worst);
    if (stale.has(where)) marks.push('stale');
    if (target === where) marks.push('target');
    if (gesture?.kind === 'move' && gesture.where === where && !gesture.isCopy) marks.push('moving');
    // While a connection is drawn: may it end here?
    if (gesture?.kind === 'connect' && gesture.where !== where)
      marks.push(isRefused(connect(pipeline, gesture.where, where, gesture.artifact)) ? 'refuses' : 'connects');
    if (port && selected === where) marks.push(`${port.side}:${port.index}`);
    return marks.join(' ');
  };

/** Every selected place, the main one first; '' (the pipeline) is none. */
export function selectedPlaces(): string[] {
  const { selected, marked } = canvas();
  return [...new Set([selected, ...marked])].filter((where) => where !== '');
}

/** Selects one place; `isAdded` (Ctrl+click) adds it to what is selected or takes it away again. */
export function select(where: string, isAdded = false): void {
  const { selected, marked, onSelect } = canvas();
  if (!isAdded) {
    useCanvas.setState({ marked: new Set(), selected: where, pipe: null, port: null });
    onSelect(where);
    return;
  }
  const places = new Set([selected, ...marked].filter((place) => place !== ''));
  if (places.has(where)) places.delete(where);
  else places.add(where);
  const main = places.has(where) ? where : ([...places].at(-1) ?? '');
  useCanvas.setState({ marked: places, selected: main, pipe: null });
  onSelect(main);
}

/** Shift+click: every action from the selected one to `where`, in the order in which they run. */
export function selectTo(where: string): void {
  const { layout, selected, onSelect } = canvas();
  const places = layout.stages.flatMap((stage) => stage.groups.flatMap(({ cards }) => cards.map((card) => card.where)));
  const [from, to] = [places.indexOf(selected), places.indexOf(where)];
  if (from < 0 || to < 0) return select(where);
  const range = places.slice(Math.min(from, to), Math.max(from, to) + 1);
  useCanvas.setState({ marked: new Set([...range, selected]), selected: where, pipe: null });
  onSelect(where);
}

/** Tells a screen reader; the same sentence twice is said twice. */
export function say(text: string): void {
  useCanvas.setState(({ said }) => ({ said: said === text ? `${text}\u00a0` : text }));
}
