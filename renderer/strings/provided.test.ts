import { describe, expect, it } from 'vitest';
import type { Field, Provider, RuleType } from '../../shared/providers/provider.ts';
import { providers, ruleTypes } from '../../shared/providers/table.ts';
import { provided, providedTexts } from './german/provided.ts';

/** What an empty field shows, where that is words and no value. */
const wordsOf = ({ placeholder = '' }: Field) => (/^[a-z]+( [a-z]+)+$/.test(placeholder) ? placeholder : undefined);

/** Every text that the form of a type shows. */
function textsOf({ label, help, configuration, local, ...rest }: Provider | RuleType): string[] {
  const { shortLabel, outputVariables, dynamicOutputVariables } = rest as Partial<Provider>;
  return [
    label,
    shortLabel,
    help,
    local.note,
    local.binding?.question,
    ...Object.values(local.binding?.words ?? {}),
    ...Object.values<Field>(configuration).flatMap((field) => [field.label, field.help, wordsOf(field)]),
    ...(outputVariables ?? []).map((variable) => variable.help),
    dynamicOutputVariables,
  ].filter((text): text is string => text !== undefined && /[a-z]{2}/.test(text));
}

interface Template {
  name: string;
  description: string;
  category: string;
  needs: string[];
}
const templates = Object.values(
  import.meta.glob<Template>('../../assets/templates/*/template.json', { eager: true, import: 'default' }),
);
const textsOfTemplate = ({ name, description, category, needs }: Template) => [name, description, category, ...needs];

describe('the German texts of the action and rule types', () => {
  const said = new Set([...[...providers, ...ruleTypes].flatMap(textsOf), ...templates.flatMap(textsOfTemplate)]);

  it.each([...providers, ...ruleTypes].map((type) => [type.label, textsOf(type)] as const))(
    'are whole for %s',
    (_, texts) => expect(texts.filter((text) => providedTexts[text] === undefined)).toEqual([]),
  );

  it.each(templates.map((template) => [template.name, textsOfTemplate(template)] as const))(
    'are whole for the template "%s"',
    (_, texts) => expect(texts.filter((text) => providedTexts[text] === undefined)).toEqual([]),
  );

  it('translate nothing that no type says any more', () => {
    expect(Object.keys(providedTexts).filter((text) => !said.has(text))).toEqual([]);
  });

  it('leave what they do not know as it is', () => {
    expect(provided.text('My own action type')).toBe('My own action type');
    expect(provided.text('Manual approval')).toBe('Manuelle Freigabe');
  });
});
