import '@xyflow/react/dist/base.css';
import { ReactFlow, type ReactFlowInstance, ReactFlowProvider, useStoreApi, type Viewport } from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import { useUi } from '../state/uiStore.ts';
import { ActionCard } from './ActionCard.tsx';
import { AddMenu } from './AddMenu.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { canvas, select, useCanvas } from './canvasStore.ts';
import { cardId } from './cardId.ts';
import { DragGhost } from './DragGhost.tsx';
import { DropMarks } from './DropMarks.tsx';
import { FindBar, FoundMarks } from './FindBar.tsx';
import { FoldedLane } from './FoldedLane.tsx';
import { closeFind } from './find.ts';
import { foldedOf, useFolded } from './folded.ts';
import { foldLayout } from './foldLayout.ts';
import { setPane } from './gestures.ts';
import { GhostLane, Tail } from './Invitations.tsx';
import { onCanvasKey } from './keyboard.ts';
import { layoutPipeline } from './layout.ts';
import { viewGone, viewMoved } from './lightPipes.ts';
import { Minimap } from './Minimap.tsx';
import { buildNodes, buildPipes, type CanvasNode } from './nodes.ts';
import { PaletteTarget } from './PaletteTarget.tsx';
import { PipeLayer } from './PipeLayer.tsx';
import styles from './PipelineCanvas.module.css';
import { RenameField } from './RenameField.tsx';
import { StageLane } from './StageLane.tsx';
import { wholeView } from './viewport.ts';
import { ZoomControls } from './ZoomControls.tsx';

const nodeTypes = { action: ActionCard, stage: StageLane, folded: FoldedLane, ghost: GhostLane, tail: Tail };
const noProblems: readonly Problem[] = [];
const noPlaces: readonly string[] = [];

/** Words and ornaments by distance: the cards' own style does the rest, without React. */
function setLevel(element: HTMLElement, zoom: number): void {
  const level = zoom < 0.4 ? 'far' : zoom < 0.72 ? 'medium' : 'near';
  if (element.dataset.lod !== level) element.dataset.lod = level;
  element.toggleAttribute('data-tight', zoom < 0.58);
}

/**
 * A pipeline drawn from its declaration, with the shown execution's status on it (executionStore). With a documentId it can be
 * edited; without one (history) it only shows. One canvas is mounted at a time.
 */
export function PipelineCanvas({
  pipeline,
  documentId = null,
  selection,
  onSelect,
  problems = noProblems,
  bindings,
  breakpoints,
  stale = noPlaces,
  overlay,
}: {
  pipeline: PipelineDeclaration;
  documentId?: string | null;
  /** '' | 'Stage' | 'Stage/Action' */
  selection: string;
  onSelect: (where: string) => void;
  problems?: readonly Problem[];
  /** Local stand-ins: they decide what an action is in a local run. */
  bindings?: Sidecar['bindings'] | undefined;
  /** By 'Stage/Action': where a run pauses. */
  breakpoints?: Sidecar['breakpoints'] | undefined;
  /** Places that are behind the text, which cannot be read there ('' = outside of the stages). While there are any, it only shows. */
  stale?: readonly string[];
  /** Marks above the cards: layers of their own, placed in flow pixels. */
  overlay?: ReactNode;
}) {
  const root = useRef<HTMLDivElement>(null);
  // React Flow begins with the right view and knows its size, so that no card is drawn that will not be seen.
  const [first, setFirst] = useState<{ width: number; height: number; view: Viewport }>();
  const nodesBefore = useRef<ReadonlyMap<string, CanvasNode>>(new Map());
  const isMinimapOpen = useUi((ui) => ui.isMinimapOpen);
  const editableId = stale.length > 0 ? null : documentId;

  const folded = useFolded(foldedOf(documentId));
  const layout = useMemo(() => foldLayout(layoutPipeline(pipeline), folded), [pipeline, folded]);
  const nodes = useMemo(
    () => buildNodes(pipeline, layout, nodesBefore.current, bindings, breakpoints),
    [pipeline, layout, bindings, breakpoints],
  );
  const pipes = useMemo(() => buildPipes(pipeline, layout), [pipeline, layout]);
  useLayoutEffect(() => {
    nodesBefore.current = new Map(nodes.map((node) => [node.id, node]));
  }, [nodes]);

  const severity = useMemo(() => {
    const worst = new Map<string, 'error' | 'warning'>();
    for (const { where, severity: level } of problems) if (worst.get(where) !== 'error') worst.set(where, level);
    return worst;
  }, [problems]);

  // Before the cards are drawn, so that none of them draws the state of another document first.
  useLayoutEffect(
    () => useCanvas.setState({ pipeline, layout, documentId: editableId, onSelect, severity, stale: new Set(stale) }),
    [pipeline, layout, editableId, onSelect, severity, stale],
  );
  useLayoutEffect(() => {
    if (canvas().selected !== selection) useCanvas.setState({ selected: selection, marked: new Set() });
  }, [selection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first layout decides where the view begins
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const size = { width: element.clientWidth || 800, height: element.clientHeight || 500 };
    const view = wholeView(layout, size);
    setLevel(element, view.zoom);
    setFirst({ ...size, view });
  }, []);
  useEffect(() => {
    setPane(root.current);
    return () => {
      setPane(null);
      viewGone();
      closeFind();
      useCanvas.setState({ gesture: null, addMenu: null, renaming: '', flow: null, pipe: null, marked: new Set() });
    };
  }, []);

  const start = useCallback((flow: ReactFlowInstance<CanvasNode>) => {
    useCanvas.setState({ flow: flow as unknown as ReactFlowInstance });
  }, []);
  const lastZoom = useRef(0);
  const moved = useCallback((_: unknown, { zoom }: Viewport) => {
    if (!root.current) return;
    viewMoved();
    // While it is shifted the view is a layer of its own, which is moved without being painted again.
    root.current.toggleAttribute('data-shifts', zoom === lastZoom.current);
    lastZoom.current = zoom;
    setLevel(root.current, zoom);
  }, []);
  const rested = useCallback(() => root.current?.removeAttribute('data-shifts'), []);

  const active = selection.includes('/') ? cardId(selection) : undefined;
  return (
    <div ref={root} className={styles.canvas} data-lod="near">
      {first && (
        <ReactFlowProvider initialWidth={first.width} initialHeight={first.height}>
          <GivenSizes />
          <CanvasMenu>
            <ReactFlow<CanvasNode>
              className={styles.flow}
              nodes={nodes}
              defaultViewport={first.view}
              nodeTypes={nodeTypes}
              onInit={start}
              onMove={moved}
              onMoveEnd={rested}
              onPaneClick={() => select('')}
              onlyRenderVisibleElements
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              elevateNodesOnSelect={false}
              zIndexMode="manual"
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={null}
              zoomOnDoubleClick={false}
              panOnScroll
              panOnDrag={[0, 1]}
              minZoom={0.15}
              maxZoom={2}
              disableKeyboardA11y
              attributionPosition="bottom-left"
              tabIndex={0}
              aria-label={`Pipeline ${pipeline.name}. Arrow keys move between actions, Enter opens the inspector, A adds an action.`}
              aria-roledescription="pipeline canvas"
              aria-activedescendant={active}
              data-canvas
              onKeyDown={onCanvasKey}
              onFocus={() => useCanvas.setState({ hasFocus: true })}
              onBlur={() => useCanvas.setState({ hasFocus: false })}
            >
              <PipeLayer pipes={pipes} />
              <DropMarks />
              <RenameField />
              <FoundMarks />
              {overlay}
            </ReactFlow>
          </CanvasMenu>
          <PaletteTarget />
          {isMinimapOpen && <Minimap />}
          <FindBar />
          <ZoomControls />
        </ReactFlowProvider>
      )}
      <DragGhost />
      <AddMenu />
      <LiveRegion />
    </div>
  );
}

/**
 * Every node's size is given and none has handles. React Flow would measure each again as it comes into view, and tell every
 * subscriber: a layout forced in the middle of a frame, for nothing. Stands before <ReactFlow>, which takes the function once.
 */
function GivenSizes() {
  const store = useStoreApi();
  useState(() => store.setState({ updateNodeInternals: () => {} }));
  return null;
}

function LiveRegion() {
  const said = useCanvas((state) => state.said);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}
