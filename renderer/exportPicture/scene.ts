import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { summaryOf } from '../canvas/cardText.ts';
import { actionAt } from '../canvas/graph.ts';
import { CARD, LANE, layoutPipeline } from '../canvas/layout.ts';
import { buildPipes } from '../canvas/nodes.ts';
import { strings } from '../strings/strings.ts';
import { type Palette, type PictureTheme, palettes } from './palette.ts';

/** What a picture is made of; SVG and PDF draw the same list. Pixels from the upper left corner. */
export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; radius: number; fill: string; stroke?: string }
  /** `d` holds M, L and Q with absolute coordinates only; `dx`, `dy` shift them. */
  | { kind: 'path'; d: string; dx: number; dy: number; stroke: string; width: number }
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      size: number;
      isBold: boolean;
      fill: string;
      isCentred?: boolean;
    };

export interface Scene {
  title: string;
  width: number;
  height: number;
  background: string;
  shapes: Shape[];
}

const MARGIN = 32;
const TITLE = 48;
const GLYPH = 32;

/** The pipeline as the canvas lays it out, as shapes: no run, no selection, no problems. */
export function sceneOf(pipeline: PipelineDeclaration, theme: PictureTheme): Scene {
  const colours = palettes[theme];
  const layout = layoutPipeline(pipeline);
  // Invitations to begin belong to the canvas, not to a picture.
  const stages = layout.stages;
  const width = Math.max(320, ...stages.map((stage) => stage.x + stage.width)) + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN + TITLE;
  const [dx, dy] = [MARGIN, MARGIN + TITLE];
  const shapes: Shape[] = [];
  const text = (x: number, y: number, words: string, room: number, style: TextStyle) =>
    shapes.push({
      kind: 'text',
      x,
      y,
      text: fitted(words, room, style.size),
      size: style.size,
      isBold: style.isBold ?? false,
      fill: style.fill,
      ...(style.isCentred && { isCentred: true }),
    });

  text(MARGIN, MARGIN + 18, pipeline.name, width - 2 * MARGIN, { size: 20, isBold: true, fill: colours.ink });
  for (const stage of stages) {
    const [x, y] = [stage.x + dx, stage.y + dy];
    shapes.push({
      kind: 'rect',
      x,
      y,
      width: stage.width,
      height: stage.height,
      radius: 10,
      fill: colours.lane,
      stroke: colours.hairline,
    });
    text(x + 14, y + 27, stage.name, stage.width - 28, { size: 13, isBold: true, fill: colours.ink });
    shapes.push({
      kind: 'path',
      d: `M${x} ${y + LANE.header}L${x + stage.width} ${y + LANE.header}`,
      dx: 0,
      dy: 0,
      stroke: colours.hairline,
      width: 1,
    });
    if (stage.stageIndex > 0)
      shapes.push({
        kind: 'path',
        d: `M${x - LANE.gap} ${y + LANE.header / 2}L${x} ${y + LANE.header / 2}`,
        dx: 0,
        dy: 0,
        stroke: colours['line-strong'],
        width: 2,
      });
    for (const { conditionType, ...box } of stage.conditions) {
      const [left, top] = [box.x + dx, box.y + dy];
      shapes.push({
        kind: 'rect',
        x: left,
        y: top,
        width: box.width,
        height: box.height,
        radius: 6,
        fill: colours.lane,
        stroke: colours['line-strong'],
      });
      text(left + 10, top + box.height / 2 + 4, strings.exportPicture.conditions[conditionType], box.width - 20, {
        size: 11,
        fill: colours['ink-2'],
      });
    }
    for (const group of stage.groups.slice(1))
      text(x + 12, y + group.y - 12, strings.canvas.lane.runOrder(group.runOrder), stage.width - 24, {
        size: 11,
        fill: colours['ink-2'],
      });
  }
  for (const { path } of buildPipes(pipeline, layout))
    shapes.push({ kind: 'path', d: path, dx, dy, stroke: colours.pipe, width: 1.5 });
  for (const box of layout.cards.values()) {
    const action = actionAt(pipeline, box);
    const { category } = action.actionTypeId;
    const [x, y] = [box.x + dx, box.y + dy];
    const tint = tintOf(category, colours);
    const { width: wide, height: high } = CARD;
    shapes.push(
      {
        kind: 'rect',
        x,
        y,
        width: wide,
        height: high,
        radius: 8,
        fill: colours.raised,
        stroke: colours['line-strong'],
      },
      {
        kind: 'rect',
        x: x + 12,
        y: y + 16,
        width: GLYPH,
        height: GLYPH,
        radius: 7,
        fill: colours.raised,
        stroke: tint,
      },
    );
    // The first letter of its category: what a thing is must not hang on its colour.
    text(x + 12 + GLYPH / 2, y + 37, category.slice(0, 1), GLYPH, {
      size: 14,
      isBold: true,
      fill: tint,
      isCentred: true,
    });
    const room = wide - GLYPH - 34;
    text(x + 54, y + 29, action.name, room, { size: 13, isBold: true, fill: colours.ink });
    const provider = findProvider(action.actionTypeId).shortLabel;
    const summary = summaryOf(action);
    text(x + 54, y + 46, summary ? `${provider} · ${summary}` : provider, room, { size: 11, fill: colours['ink-2'] });
  }
  return { title: pipeline.name, width, height, background: colours.canvas, shapes };
}

interface TextStyle {
  size: number;
  fill: string;
  isBold?: boolean;
  isCentred?: boolean;
}

const tintOf = (category: string, colours: Palette): string => {
  const name = category.toLowerCase();
  return Object.hasOwn(colours, name) ? colours[name as keyof Palette] : colours.compute;
};

/** About how wide letters are in the faces that a picture may be shown with, rather more than less. */
const widthOf = (letters: readonly string[], size: number): number =>
  letters.reduce(
    (ems, letter) =>
      ems +
      (/[ijlt.,:;'|() ]/.test(letter) ? 0.36 : /[mwMW@%…]/.test(letter) ? 0.95 : /[A-Z]/.test(letter) ? 0.7 : 0.6),
    0,
  ) * size;

/** The words, or as many of their letters from the start as have room, and an ellipsis. */
function fitted(words: string, room: number, size: number): string {
  const letters = [...words.slice(0, 500).replace(/\s+/g, ' ')];
  if (widthOf(letters, size) <= room) return letters.join('');
  while (letters.length > 0 && widthOf([...letters, '…'], size) > room) letters.pop();
  return `${letters.join('')}…`;
}
