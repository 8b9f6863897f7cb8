import { describe, expect, it } from 'vitest';
import { translateTemplates } from './translateTemplates.ts';

describe('a text made from a template', () => {
  const say = translateTemplates({ 'Take {}.': 'Nimm {}.', 'Take {} of {}.': 'Nimm {} von {}.' }, { none: 'nichts' });

  it.each([
    ['Take five.', 'Nimm five.'],
    ['Take none.', 'Nimm nichts.'],
    ['Take one of (two).', 'Nimm one von (two).'],
    ['Take .', 'Nimm .'],
    ['Take\nit.', 'Take\nit.'],
    ['Give it.', 'Give it.'],
  ])('is said in the other language: %j', (english, other) => expect(say(english)).toBe(other));
});
