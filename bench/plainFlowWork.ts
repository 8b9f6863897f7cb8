import { type Node, type NodeProps, ReactFlow } from '@xyflow/react';
import { createElement, memo } from 'react';
import { createRoot } from 'react-dom/client';
import { create } from 'zustand';

/*
 * What bench/canvas.ts compares the canvas with: nothing but React Flow, with as many nodes of 21 plain elements, in the same
 * columns, of known sizes and drawn only where they are in view. Put into a page as one script.
 */
export interface PlainPage {
  startPlainFlow(nodes: number, zoom: number): void;
  setPlainStatus(id: string, status: string): void;
}

const useStatus = create<Record<string, string>>(() => ({}));
const parts = Array.from({ length: 18 }, (_, index) => createElement('span', { key: index }, `${index} `));

const PlainCard = memo(function PlainCard({ id }: NodeProps) {
  const status = useStatus((statuses) => statuses[id] ?? 'NotStarted');
  return createElement(
    'div',
    { style: { width: 208, height: 64, border: '1px solid #ccc', background: 'white', fontSize: 12 } },
    createElement('strong', { key: 'name' }, id),
    parts,
    createElement('em', { key: 'status' }, status),
  );
});

const nodeTypes = { plain: PlainCard };
const COLUMNS = 50;

function startPlainFlow(count: number, zoom: number): void {
  const rows = count / COLUMNS;
  const defaultNodes = Array.from({ length: count }, (_, index): Node => {
    const column = Math.floor(index / rows);
    return {
      id: `${column}-${index % rows}`,
      type: 'plain',
      position: { x: column * 268, y: (index % rows) * 74 },
      width: 208,
      height: 64,
      handles: [],
      data: {},
    };
  });
  createRoot(document.getElementById('root')!).render(
    createElement(ReactFlow, {
      defaultNodes,
      nodeTypes,
      defaultViewport: { x: 20, y: 24, zoom },
      onlyRenderVisibleElements: true,
      panOnScroll: true,
      minZoom: 0.1,
    }),
  );
}

Object.assign(window, {
  startPlainFlow,
  setPlainStatus: (id: string, status: string) => useStatus.setState({ [id]: status }),
} satisfies PlainPage);
