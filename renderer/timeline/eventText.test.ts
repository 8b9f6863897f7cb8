import { afterEach, describe, expect, it } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import { everyEvent } from '../../shared/testing/everyEvent.ts';
import { speak } from '../strings/strings.ts';
import { eventText } from './eventText.ts';

afterEach(() => speak('en'));

describe('an event in a few words', () => {
  it.each(['en', 'de'] as const)('is told for every kind of event (%s)', async (language) => {
    await speak(language);
    for (const event of everyEvent) {
      const text = eventText(event);
      expect(text, event.type).not.toMatch(/^(Event|Ereignis)?$|undefined|\[object/);
      expect(text.length, event.type).toBeLessThan(70);
    }
  });

  it('that a newer program wrote is an event', () => {
    expect(eventText({ type: 'SomethingNew' } as unknown as Happening)).toBe('Event');
  });
});
