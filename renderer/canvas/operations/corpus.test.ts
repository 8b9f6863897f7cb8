import { describe, expect, it, test } from 'vitest';
import { type DocumentEdit, editDocument, parseDocument } from '../../../shared/model/documentText.ts';
import { quickFixes } from '../../../shared/validation/fixes/quickFixes.ts';
import { validate } from '../../../shared/validation/validate.ts';
import { type Box, layoutPipeline } from '../layout.ts';
import { addStage } from './addStage.ts';
import { isRefused } from './operation.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';

/* Pipelines that other people wrote (shared/testing/corpus, with their origins), on the canvas. */

const texts = import.meta.glob<string>('../../../shared/testing/corpus/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.entries(texts).map(([path, text]) => ({ name: path.split('/').at(-1)!, text }));

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

describe('pipelines that other people wrote', () => {
  it('are there', () => {
    expect(files.length).toBe(44);
  });

  test.each(files)('$name is laid out without overlap, each action in its own stage', ({ text }) => {
    const { pipeline } = parseDocument(text, 'json');
    const { stages, cards } = layoutPipeline(pipeline!);
    expect(cards.size).toBe(pipeline!.stages.reduce((sum, { actions }) => sum + actions.length, 0));
    const boxes = [...cards.values()];
    for (const [index, box] of boxes.entries()) {
      expect(inside(box, stages[box.stageIndex]!)).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    }
    for (const [index, lane] of stages.entries())
      for (const other of stages.slice(index + 1)) expect(overlap(lane, other)).toBe(false);
  });

  test.each(files)('$name takes gestures and gives its bytes back', ({ text }) => {
    const { pipeline } = parseDocument(text, 'json');
    const stage = pipeline!.stages[1]!;
    const gestures = [
      rename(pipeline!, stage.name, `${stage.name}2`.slice(-100)),
      addStage(pipeline!, pipeline!.stages.length),
      remove(pipeline!, [stage.name]),
    ];
    for (const gesture of gestures) {
      if (isRefused(gesture)) throw new Error(gesture.refused);
      const edited = editDocument(text, 'json', gesture.edits);
      expect(edited).not.toBe(text);
      expect(parseDocument(edited, 'json').pipeline).toBeDefined();
    }
    const renamed = gestures[0] as { edits: DocumentEdit[] };
    const edited = editDocument(text, 'json', renamed.edits);
    const back = rename(parseDocument(edited, 'json').pipeline!, `${stage.name}2`.slice(-100), stage.name);
    if (isRefused(back)) throw new Error(back.refused);
    expect(editDocument(edited, 'json', back.edits)).toBe(text);
  });

  test.each(files)('$name is mended by every fix that it is offered', ({ text }) => {
    const { pipeline } = parseDocument(text, 'json');
    const problems = validate(pipeline!);
    for (const problem of problems) {
      for (const { edits } of quickFixes(problem, pipeline!)) {
        const mended = parseDocument(editDocument(text, 'json', edits), 'json');
        expect(validate(mended.pipeline!).length).toBeLessThan(problems.length);
      }
    }
  });
});
