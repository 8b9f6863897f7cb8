import { strings } from '../strings/strings.ts';

/** Help of a place in the declaration; those of the three kinds of conditions are the same. */
export function helpOf(path: readonly (string | number)[]): string | undefined {
  const place = path.filter((segment) => typeof segment === 'string').join('.');
  const { fields, conditionFields } = strings.code;
  return own(fields, place) ?? own(conditionFields, place.replace(/^stages\.(beforeEntry|onSuccess|onFailure)\./, ''));
}

const own = (texts: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined;
