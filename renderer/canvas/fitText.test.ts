import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// A pen for which every letter is ten pixels wide.
const measureText = (text: string) => ({ width: text.length * 10 });
let isLoaded = true;

describe('a text cut to its room', () => {
  let fitted: typeof import('./fitText.ts').fitted;
  beforeEach(async () => {
    isLoaded = true;
    vi.resetModules();
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ measureText } as never);
    Object.defineProperty(document, 'fonts', { configurable: true, value: { check: () => isLoaded } });
    ({ fitted } = await import('./fitText.ts'));
  });
  afterEach(() => vi.restoreAllMocks());

  it('is whole where it fits', () => {
    expect(fitted('Package', 70, 'font')).toBe('Package');
  });

  it('loses its end, and no more of it than it must', () => {
    expect(fitted('CodeBuild · shop', 100, 'font')).toBe('CodeBuild…');
  });

  it('loses its middle where the end tells most', () => {
    expect(fitted('DeployToProduction-eu', 120, 'font', 5)).toBe('Deploy…on-eu');
  });

  it('is not known before the fonts are there', () => {
    isLoaded = false;
    expect(fitted('Package', 70, 'font')).toBeUndefined();
  });
});
