import { afterEach, describe, expect, it } from 'vitest';
import { english } from './english/english.ts';
import { german } from './german/german.ts';
import { language, languageOf, plural, speak, strings } from './strings.ts';

/** Every text of a catalogue with its place, `canvas.addStage`. */
function leaves(catalogue: object, at: string[] = []): [string, unknown][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? leaves(value, [...at, key]) : [[[...at, key].join('.'), value]],
  );
}

describe('the catalogues', () => {
  const german_ = new Map(leaves(german));

  it('have the same texts with the same blanks', () => {
    expect([...german_.keys()].sort()).toEqual(
      leaves(english)
        .map(([place]) => place)
        .sort(),
    );
    for (const [place, text] of leaves(english)) {
      const other = german_.get(place);
      expect(typeof other, place).toBe(typeof text);
      if (typeof text === 'function') expect((other as () => string).length, place).toBe(text.length);
      else expect(String(other).trim(), place).not.toBe('');
    }
  });

  it('are not copies of each other', () => {
    const sentences = leaves(english).filter(([, text]) => typeof text === 'string' && /\w \w+ \w/.test(text));
    const copied = sentences.filter(([place, text]) => german_.get(place) === text).map(([place]) => place);
    expect(copied).toEqual([]);
  });
});

describe('the language of the window', () => {
  afterEach(() => speak('en'));

  it.each([
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['fr', 'de'], 'de'],
    ['system', ['en-GB', 'de'], 'en'],
    ['system', ['fr'], 'en'],
    ['system', [], 'en'],
    ['de', ['en'], 'de'],
    ['en', ['de'], 'en'],
  ] as const)('is, for the choice %s on a system of %j, %s', (setting, system, expected) => {
    expect(languageOf(setting, system)).toBe(expected);
  });

  it('changes the texts, the numbers and what the page says of itself', async () => {
    await speak('de');
    expect(strings).toBe(german);
    expect(language).toBe('de');
    expect(document.documentElement.lang).toBe('de');
    expect(plural(1200, 'Aktion', 'Aktionen')).toBe('1.200 Aktionen');
    expect(plural(1, 'Aktion', 'Aktionen')).toBe('1 Aktion');
  });
});
