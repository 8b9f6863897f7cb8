import { findReferences, type VariableReference } from '../../execution/variables.ts';
import { conditionSets, type PipelineDeclaration } from '../declaration.ts';
import type { DocumentEdit } from '../editDocument.ts';
import type { Path } from '../textTree.ts';

type Texts = {
  configuration?: Readonly<Record<string, string>> | undefined;
  commands?: readonly string[] | undefined;
  environmentVariables?: readonly { value: string }[] | undefined;
};

/** Every text of a pipeline in which variables are looked up (reference/execution-semantics.md §10), with its path. */
export function* lookupTexts(pipeline: PipelineDeclaration): Generator<{ path: Path; text: string }> {
  for (const [stageIndex, stage] of pipeline.stages.entries()) {
    for (const [index, action] of stage.actions.entries())
      yield* textsOf(action, ['stages', stageIndex, 'actions', index]);
    for (const set of Object.values(conditionSets)) {
      for (const [index, { rules = [] }] of (stage[set]?.conditions ?? []).entries()) {
        for (const [at, rule] of rules.entries())
          yield* textsOf(rule, ['stages', stageIndex, set, 'conditions', index, 'rules', at]);
      }
    }
  }
}

function* textsOf(of: Texts, path: Path): Generator<{ path: Path; text: string }> {
  for (const [key, text] of Object.entries(of.configuration ?? {}))
    yield { path: [...path, 'configuration', key], text };
  for (const [index, text] of (of.commands ?? []).entries()) yield { path: [...path, 'commands', index], text };
  for (const [index, { value }] of (of.environmentVariables ?? []).entries())
    yield { path: [...path, 'environmentVariables', index, 'value'], text: value };
}

/** The edits that write references anew; `written` answers what shall stand there, or undefined to leave one alone. */
export function rewriteReferences(
  pipeline: PipelineDeclaration,
  written: (reference: VariableReference) => string | undefined,
): DocumentEdit[] {
  const edits: DocumentEdit[] = [];
  for (const { path, text } of lookupTexts(pipeline)) {
    if (typeof text !== 'string' || !text.includes('#{')) continue;
    const value = rewriteText(text, written);
    if (value !== text) edits.push({ path, value });
  }
  return edits;
}

/** One text with its references written anew. */
export function rewriteText(text: string, written: (reference: VariableReference) => string | undefined): string {
  let value = '';
  let copied = 0;
  for (const reference of findReferences(text)) {
    // What stands inside another reference was written with it.
    if (reference.index < copied) continue;
    const replaced = written(reference);
    if (replaced === undefined) continue;
    value += text.slice(copied, reference.index) + replaced;
    copied = reference.index + reference.text.length;
  }
  return value + text.slice(copied);
}
