import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findRoot, treeOf } from '../../shared/model/documentTree.ts';
import { pathOf } from '../../shared/model/place.ts';
import { childOf, type DocumentFormat, type TextNode } from '../../shared/model/textTree.ts';
import type { Problem } from '../../shared/problem.ts';
import { strings } from '../strings/strings.ts';

/** Where the places of a declaration stand in its text. Made once for a text, asked often. */
export interface TextPlaces {
  /** Offsets of a place ('' | 'Stage' | 'Stage/Action', with a field of it); of its nearest parent where it is absent. */
  rangeOf(pipeline: PipelineDeclaration, where: string, field?: string): { from: number; to: number } | undefined;
  /** The place that an offset stands in. */
  whereAt(pipeline: PipelineDeclaration, offset: number): string;
}

export function textPlaces(text: string, format: DocumentFormat): TextPlaces {
  const root = findRoot(treeOf(text, format))?.node;
  const at = (path: readonly (string | number)[]): TextNode | undefined => {
    let node: TextNode | undefined = root;
    for (const segment of path) {
      const child: TextNode | undefined = node && childOf(node, segment);
      if (!child) break;
      node = child;
    }
    return node;
  };
  const contains = (node: TextNode | undefined, offset: number) =>
    node !== undefined && node.start <= offset && offset <= node.end;
  return {
    rangeOf(pipeline, where, field) {
      const path = pathOf(pipeline, where, field);
      const node = path && at(path);
      return node && { from: node.start, to: node.end };
    },
    whereAt(pipeline, offset) {
      for (const [stageIndex, stage] of pipeline.stages.entries()) {
        if (!contains(at(['stages', stageIndex]), offset)) continue;
        const action = stage.actions.find((_, index) => contains(at(['stages', stageIndex, 'actions', index]), offset));
        return action ? `${stage.name}/${action.name}` : stage.name;
      }
      return '';
    },
  };
}

export interface LineMark {
  /** Offsets of what is wrong; the editor underlines it and marks its first line. */
  offset: number;
  to: number;
  severity: Problem['severity'];
  text: string;
  problem: Problem;
}

/** Where problems stand in the text, and what to say there. `offsetOf` knows the editor's lines and columns (from 1). */
export function problemMarks(
  problems: readonly Problem[],
  pipeline: PipelineDeclaration | undefined,
  places: TextPlaces,
  offsetOf: (line: number, column: number) => number,
): LineMark[] {
  const rangeOf = (where: string, field: string | undefined) => {
    if (!pipeline) return undefined;
    // A whole stage underlined would say nothing: its name stands for it.
    return field === undefined ? places.rangeOf(pipeline, where, 'name') : places.rangeOf(pipeline, where, field);
  };
  return problems.flatMap((problem) => {
    const { line, column, where, field, severity, what, fix } = problem;
    const text = `${strings.messages.text(what)} ${strings.messages.text(fix)}`.trim();
    if (line !== undefined) {
      const offset = offsetOf(line, column ?? 1);
      return [{ offset, to: offset + 1, severity, text, problem }];
    }
    const range = rangeOf(where, field);
    return range ? [{ offset: range.from, to: range.to, severity, text, problem }] : [];
  });
}
