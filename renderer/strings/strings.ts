import type { Settings } from '../../shared/ipc/contract.ts';
import { languageOf as chosenLanguage, type Language } from '../../shared/language.ts';
import { english } from './english/english.ts';

/** One text for each thing the window says; texts with a name or a number in them are functions. */
export type Strings = typeof english;

/**
 * What the window says, in the language of its user. Set once, before any other module of the window is loaded (main.tsx), so
 * that modules may read it while they are loaded; another language takes effect when the window is opened anew.
 */
export let strings: Strings = english;
/** For `lang`, and for whatever has a text for each language. */
export let language: Language = 'en';

/** The system's own kind of a language, where it has one: dates of an English window are British in Britain. */
const localeOf = (chosen: Language): string =>
  navigator.languages.find((tag) => tag.toLowerCase().startsWith(chosen)) ?? chosen;
/** For `Intl`: the language of the window with the habits of the system's region. */
export let locale: string = localeOf('en');

/** The language that the user chose, or the first of the system's that the window has. */
export const languageOf = (setting: Settings['language'], system: readonly string[] = navigator.languages): Language =>
  chosenLanguage(setting, system);

/** Makes the window speak a language from now on. */
export async function speak(chosen: Language): Promise<void> {
  strings = chosen === 'de' ? (await import('./german/german.ts')).german : english;
  language = chosen;
  locale = localeOf(chosen);
  document.documentElement.lang = chosen;
}

// Made once for a locale: to make a format is dear, and a large canvas counts in every stage.
let format: { locale: string; numbers: Intl.NumberFormat } | undefined;
function numbers(): Intl.NumberFormat {
  if (format?.locale !== locale) format = { locale, numbers: new Intl.NumberFormat(locale) };
  return format.numbers;
}

/** A count with its noun in the form that the language wants: `plural(2, 'action', 'actions')` is "2 actions". */
export const plural = (count: number, one: string, other: string): string =>
  `${numbers().format(count)} ${count === 1 ? one : other}`;
