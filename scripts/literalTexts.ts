import { type ESTree, parseSync } from 'vite';

/** A text in a source of the window that its catalogue (renderer/strings) ought to hold. `at` is an offset into the source. */
export interface LiteralText {
  at: number;
  text: string;
}

/** Names of attributes and members whose value somebody reads. */
const READ =
  /^(aria-?label|aria-?description|aria-?roledescription|aria-?valuetext|title|label|text|detail|what|fix|header|heading|description|placeholder|alt|summary|hint|note|caption|empty|errorText|constraintText|action(Label|Text)|.*(Label|Title|Text|Hint|Message))$/i;
/** Two words or more that begin like a sentence: nothing else in a source looks so. */
const SENTENCE = /^\s*[A-Z][\w'’]*,? [\w'’#{}$"“]+/;

/**
 * Finds the texts that a source of the window spells out itself: what stands between tags, what is given to an attribute or a
 * member that somebody reads, and any sentence. Texts of errors that only developers meet (`new Error`, `console`) do not count.
 * @throws Error when the source does not parse.
 */
export function literalTexts(file: string, source: string): LiteralText[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: LiteralText[] = [];
  visit(program as unknown as Node, false, false);
  return found;

  function visit(node: Node, isRead: boolean, isForDevelopers: boolean): void {
    const text = textOf(node);
    if (text !== undefined) {
      const isText = node.type === 'JSXText' || isRead ? /\p{L}{2}/u.test(text) : SENTENCE.test(text);
      if (isText && !isForDevelopers) found.push({ at: node.start, text: text.trim() });
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'parent' || key === 'quasis') continue;
      for (const one of Array.isArray(child) ? child : [child]) {
        if (!isNode(one) || one.type.startsWith('TS')) continue;
        visit(one, isReadIn(node, key, isRead), isForDevelopers || speaksToDevelopers(node));
      }
    }
  }
}

interface Node {
  type: string;
  start: number;
  value?: unknown;
  quasis?: unknown;
  name?: unknown;
  key?: unknown;
  computed?: unknown;
  callee?: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'JSXText') return String(node.value);
  if (node.type === 'TemplateLiteral')
    return (node.quasis as ESTree.TemplateElement[]).map(({ value }) => value.cooked ?? '').join('{}');
  return undefined;
}

/** Whether what stands at this place of the node is read by somebody, if it is a text. */
function isReadIn(node: Node, key: string, isRead: boolean): boolean {
  switch (node.type) {
    case 'JSXAttribute':
      return key === 'value' && READ.test((node.name as { name?: string }).name ?? '');
    case 'Property':
      return key === 'value' && !node.computed && READ.test((node.key as { name?: string }).name ?? '');
    case 'ConditionalExpression':
      return isRead && key !== 'test';
    case 'LogicalExpression':
    case 'JSXExpressionContainer':
    case 'TemplateLiteral':
      return isRead;
    default:
      return false;
  }
}

function speaksToDevelopers(node: Node): boolean {
  if (node.type === 'NewExpression') return (node.callee as { name?: string }).name === 'Error';
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee as { type: string; object?: { name?: string } };
  return callee.type === 'MemberExpression' && callee.object?.name === 'console';
}
