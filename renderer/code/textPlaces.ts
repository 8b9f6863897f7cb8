import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findRoot, treeOf } from '../../shared/model/documentTree.ts';
import { pathOf } from '../../shared/model/place.ts';
import { childOf, type DocumentFormat, type TextNode } from '../../shared/model/textTree.ts';
import type { Problem } from '../../shared/problem.ts';

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
  /** Offset of the problem; the editor marks its line. */
  offset: number;
  severity: Problem['severity'];
  text: string;
}

/** Which lines carry problems, and what to say there. `offsetOfLine` knows the editor's lines (from 1). */
export function problemMarks(
  problems: readonly Problem[],
  pipeline: PipelineDeclaration | undefined,
  places: TextPlaces,
  offsetOfLine: (line: number) => number,
): LineMark[] {
  return problems.flatMap(({ line, where, field, severity, what, fix }) => {
    const offset = line !== undefined ? offsetOfLine(line) : pipeline && places.rangeOf(pipeline, where, field)?.from;
    return offset === undefined ? [] : [{ offset, severity, text: `${what} ${fix}`.trim() }];
  });
}
