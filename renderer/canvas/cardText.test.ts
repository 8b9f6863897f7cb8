import { describe, expect, it } from 'vitest';
import { isLong, widestOf } from './cardText.ts';

const card = { name: 'Build', provider: 'S3', summary: 'shop', isShown: false };

describe('words that may not fit a card', () => {
  it('are clipped, short ones are not', () => {
    expect(isLong(card)).toBe(false);
    expect(isLong({ ...card, name: 'BuildTheWholeOfTheShopAndItsTests' })).toBe(true);
    expect(isLong({ ...card, summary: 'a-bucket-with-quite-a-long-name' })).toBe(true);
  });
  it('have less room beside a status and a time', () => {
    expect(isLong({ ...card, name: 'PackageShop' })).toBe(false);
    expect(isLong({ ...card, name: 'PackageShop', isShown: true })).toBe(true);
  });
  it('are taken to be wider with wide letters', () => {
    expect(widestOf('WWW', 10)).toBeGreaterThan(widestOf('aaa', 10));
    expect(widestOf('lll', 10)).toBeLessThan(widestOf('aaa', 10));
  });
});
