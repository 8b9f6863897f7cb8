import { strings } from '../strings/strings.ts';
import { canvas, say, useCanvas } from './canvasStore.ts';
import { pickUp } from './carry.ts';
import { actionAt, artifactEdges } from './graph.ts';
import { disconnect } from './operations/connect.ts';
import { perform } from './perform.ts';

/*
 * The ports of the selected card by keyboard: Shift+Right enters its outputs, Shift+Left its inputs; up and down go from one to
 * the next, Enter on an output picks it up to be connected, Delete on an input disconnects it, Escape leaves.
 */

/** The port of the selected card on which the keyboard is. */
export interface Port {
  side: 'input' | 'output';
  index: number;
}

/** The artifacts on one side of the selected card; undefined where no card is selected. */
function artifactsOn(side: Port['side']): string[] | undefined {
  const { pipeline, layout, selected } = canvas();
  const card = [...layout.cards.values()].find(({ where }) => where === selected);
  if (!card) return undefined;
  const action = actionAt(pipeline, card);
  return ((side === 'input' ? action.inputArtifacts : action.outputArtifacts) ?? []).map(({ name }) => name);
}

function enter(side: Port['side'], index: number): void {
  const { pipeline, layout, selected } = canvas();
  const names = artifactsOn(side);
  if (!names) return;
  const words = strings.canvas.ports;
  // An action without outputs has one open port: whatever is connected to it makes the artifact.
  const count = side === 'output' ? Math.max(1, names.length) : names.length;
  if (count === 0) return say(words.noInputs);
  const at = (index + count) % count;
  useCanvas.setState({ port: { side, index: at } });
  const name = names[at];
  if (side === 'output') return say(name === undefined ? words.openOutput : words.output(name, at + 1, count));
  const edge = artifactEdges(pipeline, layout).find(
    ({ artifact, target }) => artifact === name && layout.cards.get(target)?.where === selected,
  );
  const producer = edge && (layout.cards.get(edge.source) ?? layout.folded?.get(edge.source))?.where;
  say(words.input(name ?? '', at + 1, count, producer?.replace('/', ', ') ?? words.nobody));
}

/** A key on the canvas that means the ports of the selected card. Answers whether it was used. */
export function portKey({ key, shiftKey, altKey }: { key: string; shiftKey: boolean; altKey: boolean }): boolean {
  const { port, selected, pipeline, documentId } = canvas();
  if (shiftKey && !altKey && (key === 'ArrowRight' || key === 'ArrowLeft') && selected.includes('/')) {
    enter(key === 'ArrowRight' ? 'output' : 'input', 0);
    return true;
  }
  if (!port) return false;
  const name = artifactsOn(port.side)?.[port.index];
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
      enter(port.side, port.index + (key === 'ArrowUp' ? -1 : 1));
      return true;
    case 'Enter':
      if (port.side === 'output') {
        useCanvas.setState({ port: null });
        pickUp({ kind: 'connect', where: selected, artifact: name });
      }
      return true;
    case 'Delete':
    case 'Backspace':
      if (port.side === 'input' && name !== undefined && documentId !== null) {
        useCanvas.setState({ port: null });
        perform(disconnect(pipeline, selected, name));
      }
      return true;
    case 'Escape':
      useCanvas.setState({ port: null });
      say(strings.canvas.ports.left);
      return true;
    default:
      useCanvas.setState({ port: null });
      return false;
  }
}
