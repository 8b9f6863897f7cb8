/**
 * How deep a text nests and how much is in it, found without parsing it: parsers recurse and make an object for everything
 * they find, so a few kilobytes of brackets could exhaust the stack, and some megabytes of commas the memory. An upper bound in
 * one pass. For YAML it cannot know what is inside a plain or block scalar, so its limits are generous.
 */
export interface Extent {
  depth: number;
  /** Marks, texts and words. A pipeline of 1,000 actions has about 100,000. */
  tokens: number;
}

export const MAX_DEPTH = 100;
export const MAX_RAW_YAML_DEPTH = 400;
export const MAX_JSON_TOKENS = 1_000_000;
export const MAX_YAML_TOKENS = 300_000;
/** The parser compares each anchor and alias with all before it. */
export const MAX_YAML_ANCHORS = 3000;

const isBlank = (code: number) => code === 32 || code === 9;
const isLineBreak = (code: number) => code === 10 || code === 13;
const opens = (code: number) => code === 123 || code === 91; // { [
const closes = (code: number) => code === 125 || code === 93; // } ]
const separates = (code: number) => code === 44 || code === 58; // , :

export function jsonExtent(text: string): Extent {
  let depth = 0;
  let deepest = 0;
  let tokens = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isBlank(code) || isLineBreak(code)) {
      inWord = false;
      continue;
    }
    if (code === 34 /* " */) {
      tokens++;
      index++;
      while (index < text.length && text.charCodeAt(index) !== 34 && text.charCodeAt(index) !== 10) {
        if (text.charCodeAt(index) === 92 /* \ */) index++;
        index++;
      }
      inWord = false;
    } else if (opens(code)) {
      tokens++;
      deepest = Math.max(deepest, ++depth);
      inWord = false;
    } else if (closes(code) || separates(code)) {
      tokens++;
      if (closes(code) && depth > 0) depth--;
      inWord = false;
    } else if (!inWord) {
      tokens++;
      inWord = true;
    }
  }
  return { depth: deepest, tokens };
}

export function yamlExtent(text: string): Extent & { anchors: number } {
  let anchors = 0;
  let brackets = 0;
  let deepest = 0;
  let tokens = 0;
  const indents: number[] = [];
  for (let index = 0; index < text.length; ) {
    let column = 0;
    while (text.charCodeAt(index + column) === 32) column++;
    index += column;
    while (indents.length > 0 && indents.at(-1)! >= column) indents.pop();
    indents.push(column);
    tokens++;
    // "- - - a" and "? ? a" open one level for each mark.
    let marks = 0;
    while (isMark(text, index)) {
      marks++;
      index++;
      while (isBlank(text.charCodeAt(index))) index++;
    }
    tokens += marks;
    while (index < text.length && !isLineBreak(text.charCodeAt(index))) {
      const code = text.charCodeAt(index++);
      if (opens(code)) brackets++;
      else if (closes(code) && brackets > 0) brackets--;
      // Commas and colons only count where they may separate: many stand inside ordinary texts.
      if (opens(code) || (separates(code) && brackets > 0)) tokens++;
      if ((code === 38 || code === 42) /* & * */ && !isWordBefore(text, index - 1)) anchors++;
      deepest = Math.max(deepest, brackets + indents.length + marks);
    }
    index++;
  }
  return { depth: deepest, tokens, anchors };
}

const isWordBefore = (text: string, index: number) => {
  const code = text.charCodeAt(index - 1);
  return !(isBlank(code) || isLineBreak(code) || opens(code) || separates(code) || Number.isNaN(code));
};

/** A dash, question mark or colon that stands by itself. */
const isMark = (text: string, index: number) => {
  const code = text.charCodeAt(index);
  if (code !== 45 && code !== 63 && code !== 58) return false;
  const next = text.charCodeAt(index + 1);
  return isBlank(next) || isLineBreak(next) || Number.isNaN(next);
};
