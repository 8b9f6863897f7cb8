export type Language = 'en' | 'de';

/** The language that the user chose, or the first of the system's (language tags, best first) that there is; else English. */
export function languageOf(setting: 'system' | Language, system: readonly string[]): Language {
  if (setting !== 'system') return setting;
  const known = system.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'de' || tag === 'en');
  return known === 'de' ? 'de' : 'en';
}
