import { comparePipelines } from '../../shared/compare/comparePipelines.ts';
import { type PickableChange, pickableChanges, withPicked } from '../../shared/compare/pickChanges.ts';
import { canonicalJson } from '../../shared/convert/canonicalJson.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import type { Problem } from '../../shared/problem.ts';
import { validate } from '../../shared/validation/validate.ts';
import { pathText } from '../compare/markText.ts';
import { strings } from '../strings/strings.ts';

/** What can be picked of a push, and what the picks make. */
export interface PushChoice {
  /** Empty where there is nothing to choose: a new pipeline, or a single change. */
  changes: readonly PickableChange[];
  /** The live declaration with only these changes, as canonical JSON. */
  textOf: (picked: ReadonlySet<string>) => string;
}

/** `live` and `local` are canonical JSON; `live` is '' for a pipeline that does not exist yet. */
export function pushChoice({ live, local }: { live: string; local: string }): PushChoice {
  const none: PushChoice = { changes: [], textOf: () => local };
  const [before, after] = [live, local].map((text) => parseDocument(text, 'json').pipeline);
  if (!before || !after) return none;
  const comparison = comparePipelines(before, after);
  const changes = pickableChanges(comparison, before, after);
  if (changes.length < 2) return none;
  return {
    changes,
    // What is picked whole is pushed to the letter.
    textOf: (picked) =>
      changes.every(({ id }) => picked.has(id)) ? local : canonicalJson(withPicked(comparison, before, picked)),
  };
}

/** What keeps a declaration from being pushed. */
export function errorsOf(text: string): Problem[] {
  const { pipeline, problems } = parseDocument(text, 'json');
  return [...problems, ...(pipeline ? validate(pipeline) : [])].filter(({ severity }) => severity === 'error');
}

/** "Build / Lint", "executionMode", "Review"; beside the word for its kind. */
export const nameOf = ({ kind, where, name, fields }: PickableChange): string =>
  kind === 'pipeline' ? pathText(fields[0]?.path ?? []) : kind === 'action' ? where.replace('/', ' / ') : name;

/** The same where no word for its kind stands beside it. */
export const fullNameOf = (change: PickableChange): string =>
  change.kind === 'variable' || change.kind === 'trigger'
    ? `${strings.compare.kinds[change.kind]} ${nameOf(change)}`
    : nameOf(change);
