import { changeList } from '../../shared/compare/changeList.ts';
import { comparePipelines } from '../../shared/compare/comparePipelines.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import type { DocumentFormat } from '../../shared/model/textTree.ts';
import { detailText, markText, pathText, valueText } from '../compare/markText.ts';
import { isSound } from '../state/isSound.ts';
import { strings } from '../strings/strings.ts';

/** What a step did to the pipeline, a sentence for each thing that it changed; one that says why there is none. */
export function meaningOf(before: string, after: string, format: DocumentFormat): string[] {
  const [old, now] = [parseDocument(before, format), parseDocument(after, format)];
  if (!isSound(old) || !isSound(now) || !old.pipeline || !now.pipeline) return [strings.changes.notReadable];
  const changes = changeList(comparePipelines(old.pipeline, now.pipeline), old.pipeline, now.pipeline);
  if (changes.length === 0) return [strings.changes.onlyWritten];
  return changes.map(({ kind, name, where, marks, details, fields }) => {
    const called = kind === 'action' ? where.replace('/', ' / ') : name;
    const facts = [
      ...details.map(detailText),
      ...fields.map(({ path, before: was, after: is }) => `${pathText(path)} ${valueText(was)} → ${valueText(is)}`),
    ];
    return `${strings.compare.kinds[kind]} ${called} ${markText(marks)}${facts.length > 0 ? `: ${facts.join('; ')}` : ''}`;
  });
}
