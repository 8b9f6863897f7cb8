/**
 * How deep a text nests, found without parsing it: parsers recurse, so a few kilobytes of brackets could exhaust their stack.
 * An upper bound in one pass. For YAML it cannot know what is inside a plain or block scalar, so its limit is generous.
 */
export const MAX_DEPTH = 100;
export const MAX_RAW_YAML_DEPTH = 400;

export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 /* " */) {
      index++;
      while (index < text.length && text.charCodeAt(index) !== 34 && text.charCodeAt(index) !== 10) {
        if (text.charCodeAt(index) === 92 /* \ */) index++;
        index++;
      }
    } else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if ((code === 125 || code === 93) && depth > 0) depth--;
  }
  return deepest;
}

export function yamlDepth(text: string): number {
  let brackets = 0;
  let deepest = 0;
  const indents: number[] = [];
  for (let index = 0; index < text.length; ) {
    let column = 0;
    while (text.charCodeAt(index + column) === 32) column++;
    index += column;
    while (indents.length > 0 && indents.at(-1)! >= column) indents.pop();
    indents.push(column);
    // "- - - a" and "? ? a" open one level for each mark.
    let marks = 0;
    while (isMark(text, index)) {
      marks++;
      index++;
      while (isBlank(text.charCodeAt(index))) index++;
    }
    while (index < text.length && !isLineBreak(text.charCodeAt(index))) {
      const code = text.charCodeAt(index++);
      if (code === 123 || code === 91) brackets++;
      else if ((code === 125 || code === 93) && brackets > 0) brackets--;
      deepest = Math.max(deepest, brackets + indents.length + marks);
    }
    index++;
  }
  return deepest;
}

const isBlank = (code: number) => code === 32 || code === 9;
const isLineBreak = (code: number) => code === 10 || code === 13;
const isMark = (text: string, index: number) => {
  const code = text.charCodeAt(index);
  if (code !== 45 && code !== 63 && code !== 58) return false;
  const next = text.charCodeAt(index + 1);
  return isBlank(next) || isLineBreak(next) || Number.isNaN(next);
};
