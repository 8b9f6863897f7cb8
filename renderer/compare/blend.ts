import type { Mark } from '../../shared/compare/comparison.ts';

/*
 * The canvas of a comparison goes over from one version to the other: at 0 only the earlier one is there, in the middle both,
 * at 100 only the later one.
 */
export const BOTH = 50;
export const MOST = 100;

/** Of what is on one side only: how much of it is seen (0…1). */
export const shownAt = (blend: number) => ({
  before: Math.min(1, (MOST - blend) / (MOST - BOTH)),
  after: Math.min(1, blend / BOTH),
});

/** Which version stands as it is: its places, names and settings. */
export const drawnAt = (blend: number): 'before' | 'after' => (blend < BOTH ? 'before' : 'after');

/**
 * Rules by which cards and pipes of one side fade with `--before-shown` and `--after-shown`. A sheet of its own: the cards know
 * nothing of comparisons, and while the slider moves only two numbers change.
 */
export function fadeRules(marks: ReadonlyMap<string, readonly Mark[]>): string {
  const sides = { removed: 'before', added: 'after' } as const;
  return (['removed', 'added'] as const)
    .map((mark) => {
      const places = [...marks].filter(([, found]) => found.includes(mark)).map(([where]) => `"${CSS.escape(where)}"`);
      if (places.length === 0) return '';
      const selectors = places.flatMap((where) => [
        `[data-where=${where}]`,
        `[data-from=${where}]`,
        `[data-to=${where}]`,
      ]);
      return `[data-blend] :is(${selectors.join(',')}){opacity:var(--${sides[mark]}-shown)}
[data-blend="${mark === 'removed' ? MOST : 0}"] :is(${selectors.join(',')}){visibility:hidden}
`;
    })
    .join('');
}
