/**
 * How well an entry fits what was typed (cmdk's filter): 0 = not. Every word must occur; words of the name count most, and
 * at their beginning more than inside. Nothing fuzzy, so that what is listed is what was meant.
 */
export function matchWords(name: string, search: string, keywords: readonly string[] = []): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = name.toLowerCase();
  const rest = keywords.join(' ').toLowerCase();
  let score = 1;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at >= 0) score *= at === 0 || /[\s(]/.test(text[at - 1] ?? '') ? 1 : 0.8;
    else if (rest.includes(word)) score *= 0.4;
    else return 0;
  }
  return score;
}
