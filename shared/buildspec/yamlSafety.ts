import { Lexer } from 'yaml';

/** Largest buildspec read, in characters. Real ones are a few kilobytes; CodeBuild's own limit for inline text is lower. */
export const MAX_BUILDSPEC_LENGTH = 256 * 1024;
/** Deepest nesting read. A buildspec needs five levels. */
const MAX_DEPTH = 32;

/**
 * Says why a YAML text must not be given to the parser, or undefined when it may. The parser recurses for each level, so
 * nesting is counted on the tokens first (reliability-security.md PR-03, PR-04); the lexer itself does not recurse.
 */
export function findUnsafeYaml(text: string): { what: string; line: number } | undefined {
  if (text.length > MAX_BUILDSPEC_LENGTH) {
    return { what: `The text is longer than ${MAX_BUILDSPEC_LENGTH / 1024} KB.`, line: 1 };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return { what: 'The text contains a NUL character.', line: text.slice(0, nul).split('\n').length };
  let line = 1;
  let flow = 0;
  let indicators = 0;
  for (const token of new Lexer().lex(text)) {
    switch (token) {
      case '[':
      case '{':
        flow += 1;
        break;
      case ']':
      case '}':
        flow -= 1;
        break;
      case '-':
      case '?':
      case ':':
        // Several block levels can open on one line (`- - - x`); on lines of their own, indentation costs enough text.
        if (flow === 0) indicators += 1;
        break;
      case '\n':
      case '\r':
      case '\r\n':
        indicators = 0;
        break;
    }
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) line += 1;
    if (flow > MAX_DEPTH || indicators > MAX_DEPTH) return { what: `It nests deeper than ${MAX_DEPTH} levels.`, line };
  }
  return undefined;
}
