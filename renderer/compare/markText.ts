import type { ChangeDetail } from '../../shared/compare/changeList.ts';
import type { Mark } from '../../shared/compare/comparison.ts';
import { strings } from '../strings/strings.ts';

const signs: Readonly<Record<Mark, string>> = { added: '+', removed: '−', changed: '≠', moved: '↔', renamed: '✎' };
/** Which mark gives a thing its look when it has several. */
const order: readonly Mark[] = ['added', 'removed', 'changed', 'moved', 'renamed'];

export const mainMark = (marks: readonly Mark[] = []): Mark | undefined => order.find((mark) => marks.includes(mark));

/** "≠ changed, moved" */
export function markText(marks: readonly Mark[]): string {
  const main = mainMark(marks);
  return main
    ? `${signs[main]} ${order
        .filter((mark) => marks.includes(mark))
        .map((mark) => strings.compare.marks[mark])
        .join(', ')}`
    : '';
}

/** "renamed from Lint", "moved from Build" */
export function detailText(detail: ChangeDetail): string {
  const texts = strings.compare.details;
  switch (detail.from) {
    case 'name':
      return texts.name(detail.name);
    case 'place':
      return texts.place(detail.place);
    case 'runOrder':
      return texts.runOrder(detail.runOrder);
    default:
      return texts.stage(detail.stageName);
  }
}

/** Where a member stands: "configuration › ProjectName". */
export function pathText(path: readonly string[]): string {
  const facts: Readonly<Record<string, string>> = strings.compare.facts;
  return path.map((key) => facts[key] ?? key).join(' › ');
}

/** A value of a declaration in one line; long ones are cut. */
export function valueText(value: unknown): string {
  if (value === undefined) return strings.compare.none;
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  const text = typeof value === 'string' ? value : isList ? value.join(', ') : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
