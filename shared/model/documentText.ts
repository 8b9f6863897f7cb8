import { type Problem, problem } from '../problem.ts';
import type { PipelineDeclaration } from './declaration.ts';
import { findRoot, isTemplate, treeOf } from './documentTree.ts';
import { readDeclaration } from './readDeclaration.ts';
import { childOf, type DocumentFormat, linesOf, type Path, type TextNode, type TextTree } from './textTree.ts';

export { MAX_TEXT_LENGTH } from './documentTree.ts';
export { type DocumentEdit, editDocument } from './editDocument.ts';
export type { DocumentFormat } from './textTree.ts';

export interface ParsedDocument {
  /** The declaration, safe to read even when it breaks limits; undefined when the text is no pipeline. */
  pipeline: PipelineDeclaration | undefined;
  /** Where the declaration stands in the text: [] | ['pipeline'] | ['data', 'pipeline']. */
  root: Path;
  /** Faults of the text and of its shape, with line and column; codes `text.*`. */
  problems: Problem[];
}

/**
 * Reads a document as `aws codepipeline get-pipeline` prints it ({"pipeline": …, "metadata": …}), as a bare declaration, or as a
 * recorded response ({"data": {"pipeline": …}}). Never throws and never hangs, whatever the text.
 */
export function parseDocument(text: string, format: DocumentFormat): ParsedDocument {
  const tree = treeOf(text, format);
  const at = linesOf(text);
  const found = findRoot(tree);
  if (!found) {
    // A text that is broken before its structure shows needs no second fault that follows from the first.
    const problems =
      tree.isBroken && tree.problems.length > 0 && !isTemplate(tree)
        ? tree.problems
        : [...located(tree, noPipeline(tree))];
    return { pipeline: undefined, root: [], problems };
  }
  const { pipeline, problems } = readDeclaration(found.node, at);
  return { pipeline, root: found.path, problems: [...tree.problems, ...problems] };
}

/**
 * The place in the text of a declaration's path; where the path does not exist, that of its nearest parent that does.
 * Undefined when the text holds no declaration. Line and column count from 1.
 */
export function locate(
  text: string,
  format: DocumentFormat,
  path: Path,
): { offset: number; length: number; line: number; column: number } | undefined {
  const root = findRoot(treeOf(text, format));
  if (!root) return undefined;
  let node: TextNode = root.node;
  for (const segment of path) {
    const child = childOf(node, segment);
    if (!child) break;
    node = child;
  }
  return { offset: node.start, length: node.end - node.start, ...linesOf(text)(node.start) };
}

function located(tree: TextTree, fault: Problem): Problem[] {
  // A template's tags (!Ref, !Sub) are no faults of the template.
  return isTemplate(tree) ? [fault] : [...tree.problems, fault];
}

function noPipeline(tree: TextTree): Problem {
  const start = { line: 1, column: 1 };
  const { root } = tree;
  if (isTemplate(tree)) {
    return problem({
      code: 'text.cloudformation',
      where: '',
      what: 'This is a CloudFormation template. This version reads pipeline declarations in JSON or YAML only.',
      fix: 'Deploy the template, then pull the pipeline from AWS or save what `aws codepipeline get-pipeline` prints.',
      ...start,
    });
  }
  if (!root) {
    const fix = 'Start from a template, or paste what `aws codepipeline get-pipeline` prints.';
    return problem({ code: 'text.empty', where: '', what: 'The text is empty.', fix, ...start });
  }
  const keys = root.kind === 'map' ? root.entries.slice(0, 5).map(({ key }) => `"${key.slice(0, 40)}"`) : [];
  const found =
    root.kind === 'map'
      ? `an object with ${keys.join(', ') || 'no keys'}`
      : root.kind === 'seq'
        ? 'a list'
        : 'a single value';
  return problem({
    code: 'text.not-a-pipeline',
    where: '',
    what: `This is ${found}, not a pipeline declaration.`,
    fix: 'A declaration is {"pipeline": {"name": …, "stages": […]}}, as `aws codepipeline get-pipeline` prints it.',
    ...start,
  });
}
