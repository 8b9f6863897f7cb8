import { type Node, parseTree } from 'jsonc-parser';
import type { ActionDeclaration, RuleDeclaration } from '../model/declaration.ts';
import { findProvider } from '../providers/table.ts';

/** Functions of ParameterOverrides whose first argument names an artifact (reference/actions.md, CloudFormation). */
const FUNCTIONS = new Set(['Fn::GetParam', 'Fn::GetArtifactAtt']);

/** A text with an artifact's name in it, and the text with another name in its place. */
export interface NamedIn {
  key: string;
  renamed: (to: string) => string;
}

/** The configuration values of an action that name an artifact: by a field of that type, as `Name::file`, or in a function. */
export function artifactInConfiguration(action: ActionDeclaration, name: string): NamedIn[] {
  const fields = findProvider(action.actionTypeId).configuration;
  const takesIt = (action.inputArtifacts ?? []).some((input) => input.name === name);
  return Object.entries(action.configuration ?? {}).flatMap(([key, value]): NamedIn[] => {
    const type = Object.hasOwn(fields, key) ? fields[key]?.type : undefined;
    if (value === name && (type === 'artifactName' || (takesIt && key === 'PrimarySource')))
      return [{ key, renamed: (to) => to }];
    if (value.startsWith(`${name}::`) && (takesIt || type === 'artifactFile'))
      return [{ key, renamed: (to) => to + value.slice(name.length) }];
    const places = value.includes('"Fn::Get') ? functionArguments(value, name) : [];
    return places.length > 0 ? [{ key, renamed: (to) => replaceAll(value, places, JSON.stringify(to)) }] : [];
  });
}

/** The same of a rule of a stage condition: CodeBuild and Commands rules take artifacts as actions do. */
export const artifactInRule = (rule: RuleDeclaration, name: string): NamedIn[] =>
  rule.configuration?.PrimarySource === name ? [{ key: 'PrimarySource', renamed: (to) => to }] : [];

type Span = readonly [start: number, end: number];

/** Where in a JSON text the artifact stands as first argument of such a function. A text that is no JSON has none. */
function functionArguments(text: string, name: string): Span[] {
  const found: Span[] = [];
  const walk = (node: Node | undefined): void => {
    if (node?.type === 'property') {
      const [key, value] = node.children ?? [];
      const first = value?.type === 'array' ? value.children?.[0] : undefined;
      if (FUNCTIONS.has(key?.value as string) && first?.type === 'string' && first.value === name)
        found.push([first.offset, first.offset + first.length]);
    }
    for (const child of node?.children ?? []) walk(child);
  };
  walk(parseTree(text));
  return found;
}

const replaceAll = (text: string, spans: readonly Span[], by: string): string =>
  spans.toReversed().reduce((now, [start, end]) => now.slice(0, start) + by + now.slice(end), text);
