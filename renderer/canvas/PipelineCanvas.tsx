import { strings } from '../strings/strings.ts';
import '@xyflow/react/dist/base.css';
import { ReactFlow, type ReactFlowInstance, ReactFlowProvider, type Viewport } from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import { useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { AddMenu } from './AddMenu.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { CarryBar, CarryMarks } from './CarryMarks.tsx';
import { canvas, select, useCanvas } from './canvasStore.ts';
import { cardId } from './cardId.ts';
import { DragGhost } from './DragGhost.tsx';
import { DropMarks } from './DropMarks.tsx';
import { FindBar, FoundMarks } from './FindBar.tsx';
import { closeFind } from './find.ts';
import { foldedOf } from './folded.ts';
import { foldLayout } from './foldLayout.ts';
import { cancel, setPane } from './gestures.ts';
import { onCanvasKey, onCanvasKeyUp, spaceIsUsed } from './keyboard.ts';
import { layoutPipeline } from './layout.ts';
import { viewGone, viewMoved } from './lightPipes.ts';
import { Minimap } from './Minimap.tsx';
import { groundPans, marqueeFrom, watchSpace } from './marquee.ts';
import { NodeLayer } from './NodeLayer.tsx';
import { buildNodes, buildPipes, type CanvasNode } from './nodes.ts';
import { PaletteTarget } from './PaletteTarget.tsx';
import { PipeLayer } from './PipeLayer.tsx';
import styles from './PipelineCanvas.module.css';
import { pipeAt, pointAtPipe } from './pipePointer.ts';
import { RenameField } from './RenameField.tsx';
import { focusCanvas, wholeView } from './viewport.ts';
import { ZoomControls } from './ZoomControls.tsx';

const noProblems: readonly Problem[] = [];
const noPlaces: readonly string[] = [];
const noHints = { 'node.a11yDescription.default': '', 'edge.a11yDescription.default': '' };

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
  const pansByDrag = useUi(groundPans);
  const isMinimapOpen = useUi((ui) => ui.isMinimapOpen);
  const editableId = stale.length > 0 ? null : documentId;

  const folded = useDocuments(foldedOf(documentId));
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
    () =>
      useCanvas.setState({
        pipeline,
        layout,
        pipes,
        documentId: editableId,
        onSelect,
        severity,
        stale: new Set(stale),
      }),
    [pipeline, layout, pipes, editableId, onSelect, severity, stale],
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
      useCanvas.setState({
        gesture: null,
        isCarried: false,
        port: null,
        addMenu: null,
        renaming: '',
        flow: null,
        pipe: null,
        pointedPipe: '',
        marked: new Set(),
      });
    };
  }, []);

  useEffect(() => watchSpace(), []);

  const start = useCallback((flow: ReactFlowInstance) => {
    useCanvas.setState({ flow });
    // What opened the document is gone with its page (a template, a recent file): the keyboard comes here, not to nowhere.
    if (document.activeElement === document.body) focusCanvas();
  }, []);
  const moved = useCallback((_: unknown, { zoom }: Viewport) => {
    if (!root.current) return;
    viewMoved();
    spaceIsUsed();
    setLevel(root.current, zoom);
  }, []);

  const active = selection.includes('/') ? cardId(selection) : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pipe is reached by keyboard through its action's inputs
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={root}
      className={styles.canvas}
      data-lod="near"
      onPointerDown={marqueeFrom}
      onPointerMove={(event) => {
        const pipe = pointAtPipe(event);
        event.currentTarget.title = pipe ? strings.canvas.pipe(pipe.artifact, pipe.source, pipe.target) : '';
        event.currentTarget.toggleAttribute('data-on-pipe', pipe !== undefined);
      }}
      onClick={(event) => {
        const pipe = pipeAt(event);
        if (pipe) useCanvas.setState({ pipe: { artifact: pipe.artifact, target: pipe.target } });
      }}
    >
      {first && (
        <ReactFlowProvider initialWidth={first.width} initialHeight={first.height}>
          <CanvasMenu>
            <ReactFlow
              className={styles.flow}
              defaultViewport={first.view}
              onInit={start}
              onMove={moved}
              onPaneClick={(event) => {
                if (canvas().isCarried) cancel();
                else if (!pipeAt(event)) select('');
              }}
              nodesConnectable={false}
              elementsSelectable={false}
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={null}
              zoomOnDoubleClick={false}
              panOnScroll
              panOnDrag={pansByDrag ? [0, 1] : [1]}
              minZoom={0.15}
              maxZoom={2}
              disableKeyboardA11y
              attributionPosition="bottom-left"
              tabIndex={0}
              aria-label={strings.canvas.name(pipeline.name)}
              aria-roledescription={strings.canvas.kind}
              // Its own hints are about keys that this canvas does not use.
              ariaLabelConfig={noHints}
              aria-activedescendant={active}
              data-canvas
              onKeyDown={onCanvasKey}
              onKeyUp={onCanvasKeyUp}
              onFocus={() => useCanvas.setState({ hasFocus: true })}
              onBlur={() => useCanvas.setState({ hasFocus: false })}
            >
              <NodeLayer nodes={nodes} />
              <PipeLayer pipes={pipes} />
              <DropMarks />
              <CarryMarks />
              <RenameField />
              <FoundMarks />
              {overlay}
            </ReactFlow>
          </CanvasMenu>
          <PaletteTarget />
          {isMinimapOpen && <Minimap />}
          <FindBar />
          <CarryBar />
          <ZoomControls />
        </ReactFlowProvider>
      )}
      <DragGhost />
      <AddMenu />
      <LiveRegion />
    </div>
  );
}

function LiveRegion() {
  const said = useCanvas((state) => state.said);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}
