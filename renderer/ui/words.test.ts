import { afterEach, expect, test } from 'vitest';
import { speak } from '../strings/strings.ts';
import { durationText, runningText, shortDurationText } from './duration.ts';
import { fileSizeText } from './fileSizeText.ts';
import { matchWords } from './matchWords.ts';

afterEach(() => speak('en'));

test.each([
  [400, '0.4 s'],
  [12_340, '12.3 s'],
  [59_960, '1 m 0 s'],
  [72_000, '1 m 12 s'],
  [7_500_000, '2 h 5 m'],
  [-5, '0.0 s'],
])('%i ms reads %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('what still runs counts whole seconds', () => {
  expect(runningText(12_900)).toBe('12 s');
  expect(runningText(72_900)).toBe('1 m 12 s');
  expect(runningText(2_043_000)).toBe('34 m');
  expect(shortDurationText(7_500_000)).toBe('2.1 h');
});

test('a German window writes numbers and units as German does', async () => {
  await speak('de');
  expect(durationText(12_340)).toBe('12,3 s');
  expect(durationText(72_000)).toBe('1 min 12 s');
  expect(shortDurationText(7_500_000)).toBe('2,1 h');
  expect(runningText(12_900)).toBe('12 s');
  expect(fileSizeText(1500)).toBe('1,5 kB');
});

test('a search finds by words, names before descriptions, and nothing fuzzy', () => {
  expect(matchWords('AWS Lambda', 'lam', [])).toBeGreaterThan(matchWords('Deploy', 'lam', ['Lambda']));
  expect(matchWords('Amazon S3 deploy', 's3 dep', [])).toBeGreaterThan(0);
  expect(matchWords('JetBrains TeamCity', 'lam', ['Build code in TeamCity'])).toBe(0);
});
