import { lazy, Suspense, useCallback } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { NoteMarks } from '../canvas/NoteMarks.tsx';
import { PipelineCanvas } from '../canvas/PipelineCanvas.tsx';
import { goToText } from '../code/textTarget.ts';
import { ExecutionsStrip } from '../executions/ExecutionsStrip.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { Palette } from '../palette/Palette.tsx';
import { FixMenu } from '../problems/FixMenu.tsx';
import { BottomPanel } from '../run/BottomPanel.tsx';
import { showLogOf } from '../run/showLogOf.ts';
import { FilesPanel } from '../start/FilesPanel.tsx';
import { activeTab, isSound, setSelection, titleOf, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Scrubber } from '../timeline/Scrubber.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NoPipeline } from './NoPipeline.tsx';
import { Outline } from './Outline.tsx';
import styles from './Workbench.module.css';

const CodeView = lazy(async () => ({ default: (await import('../code/CodeView.tsx')).CodeView }));
const AwsPipelines = lazy(async () => ({ default: (await import('../aws/AwsPipelines.tsx')).AwsPipelines }));

/** The active document: panels around the canvas or the text. Every divider moves by pointer and by keyboard. */
export function Workbench() {
  const textSize = useUi((ui) => ui.settings?.textSize ?? 100);
  // Larger text wants wider panels, and the canvas wants to stay.
  const grown = (pixels: number) => Math.round(pixels * (0.5 + textSize / 200));
  const isLeftOpen = useUi((ui) => ui.isLeftOpen);
  const isInspectorOpen = useUi((ui) => ui.isInspectorOpen);
  const isBottomOpen = useUi((ui) => ui.isBottomOpen);
  const name = useDocuments((state) => {
    const tab = activeTab(state);
    return tab && titleOf(tab);
  });
  return (
    <>
      <h1 className="visually-hidden">{name || strings.app.untitled}</h1>
      <FixMenu />
      <Group orientation="horizontal" className={styles.group} id="workbench">
        {isLeftOpen && (
          <>
            <Panel
              id="left"
              className={styles.panel}
              defaultSize={grown(200)}
              minSize={160}
              maxSize={grown(420)}
              groupResizeBehavior="preserve-pixel-size"
            >
              <LeftPanel />
            </Panel>
            <Separator className={styles.vertical} aria-label={strings.app.dividers.left} />
          </>
        )}
        <Panel id="centre" minSize={320}>
          <Group orientation="vertical" className={styles.group} id="centre-rows">
            <Panel id="stage" minSize={160}>
              <Centre />
            </Panel>
            {isBottomOpen && (
              <>
                <Separator className={styles.horizontal} aria-label={strings.app.dividers.bottom} />
                <Panel
                  id="bottom"
                  className={styles.panel}
                  defaultSize={grown(232)}
                  minSize={96}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <ErrorBoundary>
                    <BottomPanel />
                  </ErrorBoundary>
                </Panel>
              </>
            )}
          </Group>
        </Panel>
        {isInspectorOpen && (
          <>
            <Separator className={styles.vertical} aria-label={strings.app.dividers.inspector} />
            <Panel
              id="inspector"
              className={styles.panel}
              defaultSize={grown(304)}
              minSize={260}
              maxSize={grown(560)}
              groupResizeBehavior="preserve-pixel-size"
            >
              <ErrorBoundary>
                <Inspector />
              </ErrorBoundary>
            </Panel>
          </>
        )}
      </Group>
    </>
  );
}

function LeftPanel() {
  const panel = useUi((ui) => ui.leftPanel);
  if (panel === 'palette') return <Palette />;
  if (panel === 'outline') return <Outline />;
  if (panel === 'files') return <FilesPanel />;
  return (
    <Suspense fallback={null}>
      <AwsPipelines />
    </Suspense>
  );
}

function Centre() {
  const mode = useUi((ui) => ui.editorMode);
  if (mode === 'code') return <TextSide />;
  if (mode === 'design') return <CanvasSide />;
  return (
    <Group orientation="horizontal" className={styles.group} id="centre-columns">
      <Panel id="canvas-side" minSize={240}>
        <CanvasSide />
      </Panel>
      <Separator className={styles.vertical} aria-label={strings.app.dividers.text} />
      <Panel id="text-side" minSize={240}>
        <TextSide />
      </Panel>
    </Group>
  );
}

function TextSide() {
  return (
    <ErrorBoundary>
      <Suspense fallback={null}>
        <CodeView />
      </Suspense>
    </ErrorBoundary>
  );
}

function CanvasSide() {
  const documentId = useDocuments((state) => state.activeId);
  const isAlone = useUi((ui) => ui.editorMode === 'design');
  return (
    <div className={styles.centre}>
      {isAlone && <BrokenText />}
      <ExecutionsStrip />
      <div className={styles.canvas}>
        <ErrorBoundary key={documentId}>
          <ActiveCanvas />
        </ErrorBoundary>
      </div>
      <Scrubber />
    </div>
  );
}

function ActiveCanvas() {
  const tab = useDocuments(activeTab);
  const select = useCallback((where: string) => {
    setSelection(where);
    showLogOf(where);
  }, []);
  if (!tab) return null;
  if (!tab.lastGood) return <NoPipeline problems={tab.problems} name={tab.name} />;
  return (
    <PipelineCanvas
      pipeline={tab.lastGood}
      documentId={tab.documentId}
      selection={tab.selection}
      onSelect={select}
      problems={tab.problems}
      bindings={tab.sidecar.bindings}
      breakpoints={tab.sidecar.breakpoints}
      stale={tab.stale}
      overlay={<NoteMarks notes={tab.sidecar.notes} />}
    />
  );
}

/** Says that the canvas is behind the text, and leads to the fault. */
function BrokenText() {
  const fault = useDocuments((state) => {
    const tab = activeTab(state);
    return tab?.lastGood && !isSound(tab.parsed) ? tab.parsed.problems[0] : undefined;
  });
  if (!fault) return null;
  return (
    <div className={styles.banner} role="alert">
      <span>{strings.app.brokenText.what(fault.line, fault.what)}</span>
      <Button onClick={() => goToText({ line: fault.line ?? 1, ...(fault.column && { column: fault.column }) })}>
        {strings.app.brokenText.goTo}
      </Button>
    </div>
  );
}
