import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { activePipeline, openPath, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { useCanvas } from './canvasStore.ts';
import { dropOperation } from './drop.ts';
import { begin, drop } from './gestures.ts';
import { layoutPipeline } from './layout.ts';
import { isRefused } from './operations/operation.ts';
import type { Slot } from './slots.ts';

const shop = pipelineOf({ Source: ['Repo'], Build: ['Compile'] });
const s3 = findProvider({ category: 'Source', owner: 'AWS', provider: 'S3', version: '1' });

beforeEach(async () => {
  const text = JSON.stringify({ pipeline: shop });
  replaceTransport(fakeBridge({ files: [{ path: '/p/shop.pipeline.json', text }] }));
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [] });
  await openPath('/p/shop.pipeline.json');
  const pipeline = activePipeline(useDocuments.getState()) as PipelineDeclaration;
  useCanvas.setState({ pipeline, layout: layoutPipeline(pipeline), documentId: useDocuments.getState().activeId });
});
afterEach(() => useCanvas.setState({ gesture: null, documentId: null }));

it('offers the nearest place that takes what was dropped where it must not stand', () => {
  const gesture = { kind: 'add', provider: s3 } as const;
  const slot: Slot = { kind: 'beside', stageIndex: 1, groupIndex: 0 };
  const operation = dropOperation(gesture, { slot });
  begin(gesture);
  useCanvas.setState({ slot, refused: isRefused(operation) ? operation.refused : '' });
  expect(drop()).toBe(false);
  const [notice] = useUi.getState().notices;
  expect(notice?.text).toBe('A source action can only stand in the first stage (Source).');
  expect(notice?.action?.label).toMatch(/^Put it .*Source/);
  notice?.action?.run();
  const [first] = (activePipeline(useDocuments.getState()) as PipelineDeclaration).stages;
  expect(first?.actions.map(({ actionTypeId }) => actionTypeId.provider)).toContain('S3');
});
