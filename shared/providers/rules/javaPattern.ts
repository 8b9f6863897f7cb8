/**
 * A Java regular expression, as a VariableCheck rule takes it (reference/rules.md), as a JavaScript one that says the same of a
 * whole text. What the two languages read differently and JavaScript has no words for is refused: a pattern that silently
 * meant something else would open a gate.
 */

/** Why a pattern can not be used, as a sentence. */
export class PatternFault extends Error {}

/** Escapes of letters that mean the same in both languages. */
const SAME_LETTERS = 'dDwWsSbBtnrfuxk';
const REWRITTEN: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?=\\n?(?![\\s\\S]))',
  h: '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  R: '(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])',
  e: '\\x1B',
  a: '\\x07',
};

/** @throws PatternFault */
export function javaPattern(pattern: string): { source: string; flags: string } {
  const { flags, rest } = leadingFlags(pattern);
  const inner = body(rest);
  const source = `(?<![\\s\\S])(?:${inner})(?![\\s\\S])`;
  try {
    // By itself first: what its own brackets leave open must not be closed by those around it.
    new RegExp(inner, flags);
    new RegExp(source, flags);
  } catch (error) {
    const why =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: .*: /s, '') : String(error);
    throw new PatternFault(`The pattern can not be read: ${why}.`);
  }
  return { source, flags };
}

/** Java may begin a pattern with flags for all of it. */
function leadingFlags(pattern: string): { flags: string; rest: string } {
  const [whole, letters = ''] = /^\(\?([a-zA-Z]+)\)/.exec(pattern) ?? [''];
  const wrong = [...letters].find((letter) => !'imsu'.includes(letter));
  if (wrong !== undefined) throw new PatternFault(`The flag "${wrong}" of Java patterns is not known here.`);
  const rest = pattern.slice(whole.length);
  const needsUnicode = /\\[pP]\{|\\x\{/.test(rest) || letters.includes('u');
  return {
    flags: `${[...'ims'].filter((letter) => letters.includes(letter)).join('')}${needsUnicode ? 'u' : ''}`,
    rest,
  };
}

function body(pattern: string): string {
  let source = '';
  let isClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at]!;
    if (character === '\\') {
      if (pattern.startsWith('\\Q', at)) {
        const end = pattern.indexOf('\\E', at);
        const quoted = pattern.slice(at + 2, end === -1 ? undefined : end);
        source += quoted.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        at = end === -1 ? pattern.length : end + 1;
        continue;
      }
      source += rewritten(pattern, at, isClass);
      at += 1;
      continue;
    }
    if (isClass) {
      if (character === '[') throw new PatternFault('Java reads "[" inside a character class as another class.');
      if (pattern.startsWith('&&', at))
        throw new PatternFault('Intersections of character classes (&&) are not known here.');
      if (character === ']') isClass = false;
    } else if (character === '[') {
      isClass = true;
      // Java takes a "]" that stands first as itself, JavaScript as the end of an empty class.
      if (/^\[\^?\]/.test(pattern.slice(at, at + 3)))
        throw new PatternFault('Write "]" in a character class as "\\]".');
    }
    source += character;
  }
  return source;
}

function rewritten(pattern: string, at: number, isClass: boolean): string {
  const letter = pattern[at + 1];
  if (letter === undefined) throw new PatternFault('The pattern ends with a lone backslash.');
  if (letter === 'p' || letter === 'P') return property(pattern.slice(at));
  if (letter === '0') throw new PatternFault('Octal escapes are not known here.');
  if (letter === 'x' && pattern[at + 2] === '{') {
    if (!/^\\x\{[0-9A-Fa-f]+\}/.test(pattern.slice(at))) throw new PatternFault('"\\x{" wants hexadecimal digits.');
    return '\\u';
  }
  if (!/[A-Za-z]/.test(letter) || SAME_LETTERS.includes(letter)) return `\\${letter}`;
  const own = isClass ? undefined : REWRITTEN[letter];
  if (own === undefined) throw new PatternFault(`The escape "\\${letter}" of Java patterns is not known here.`);
  return own;
}

/** Unicode categories are named alike; POSIX and java.lang.Character classes are not, or mean something else. */
function property(text: string): string {
  const [, name] = /^\\[pP]\{([A-Za-z_]+)\}/.exec(text) ?? [];
  if (name === undefined) throw new PatternFault('Write a Unicode category in braces, as in \\p{L}.');
  if (/^(?:Lower|Upper|Alpha|Space|Digit|Alnum|Punct|Graph|Print|Blank|Cntrl|XDigit)$/.test(name)) {
    throw new PatternFault(`The class "${name}" of Java patterns is not known here.`);
  }
  return text.slice(0, 2);
}
