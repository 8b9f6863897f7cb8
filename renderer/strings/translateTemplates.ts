/** Texts with blanks, `{}`, each with the same in another language; its blanks are filled in the same order. */
export type Templates = Readonly<Record<string, string>>;

/**
 * For texts that are made where one language is spoken (the problems of shared/validation): answers the function that says
 * such a text in another language. The template with the most letters that fits counts. What fills a blank is a name and
 * stays, unless it is one of `phrases` or a text itself. A text that fits nothing stays as it is.
 */
export function translateTemplates(templates: Templates, phrases: Templates): (text: string) => string {
  const sentences = compile({ ...templates, ...phrases });
  const parts = compile(phrases);
  const partOf = (text: string): string => say(text, parts, partOf) ?? listed(text);
  const known = new Map<string, string>();
  return (text) => {
    let said = known.get(text);
    if (said === undefined) {
      said = say(text, sentences, partOf) ?? text;
      known.set(text, said);
    }
    return said;
  };
}

interface Compiled {
  fits: RegExp;
  translation: string;
}

const compile = (templates: Templates): Compiled[] =>
  Object.entries(templates)
    .sort(([a], [b]) => lettersOf(b) - lettersOf(a))
    .map(([template, translation]) => ({
      fits: new RegExp(`^(\\s*)${template.split('{}').map(literally).join('([\\s\\S]*?)')}$`),
      translation,
    }));

const lettersOf = (template: string) => template.replaceAll('{}', '').length;
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function say(text: string, templates: readonly Compiled[], part: (text: string) => string): string | undefined {
  for (const { fits, translation } of templates) {
    const found = fits.exec(text);
    if (!found) continue;
    const [, space = '', ...blanks] = found;
    return space + translation.replaceAll('{}', () => part(blanks.shift() ?? ''));
  }
  return undefined;
}

/** A list of quoted names: `"a", "b" and "c"`. */
const listed = (text: string) => text.replaceAll(/" and (?=")/g, '" und ').replaceAll(/" or (?=")/g, '" oder ');
