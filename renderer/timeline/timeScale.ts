import { attemptsOf, type ExecutionState } from '../../shared/execution/executionState.ts';

/**
 * Time to place: piecewise linear, with stretches in which nothing worked (waiting for a person, for a retry, for a free
 * stage) folded to a narrow strip that says how long it was. Times are milliseconds since the execution's first event.
 */
export interface Segment {
  from: number;
  to: number;
  isFolded: boolean;
  /** Place of its start and its length, in 0…1 of the whole. */
  place: number;
  length: number;
}

export interface TimeScale {
  readonly duration: number;
  readonly segments: readonly Segment[];
  /** 0…1 */
  placeOf(mono: number): number;
  monoAt(place: number): number;
}

/** A gap is folded when it is long by itself and against all the work. */
const LONG_GAP_MS = 20_000;
const LONG_SHARE = 0.15;
/** Room of one folded gap, as a share of the work drawn. */
const FOLDED_SHARE = 0.05;

export function createTimeScale(busy: readonly (readonly [number, number])[], duration: number): TimeScale {
  const total = Math.max(1, duration);
  const gaps = gapsOf(busy, total);
  const worked = total - gaps.reduce((sum, [from, to]) => sum + to - from, 0);
  const folded = gaps.filter(([from, to]) => to - from > LONG_GAP_MS && to - from > worked * LONG_SHARE);
  const drawn = total - folded.reduce((sum, [from, to]) => sum + to - from, 0);
  const strip = Math.max(drawn, 1) * FOLDED_SHARE;
  const room = drawn + strip * folded.length;

  const segments: Segment[] = [];
  let at = 0;
  let place = 0;
  const add = (to: number, isFolded: boolean) => {
    if (to <= at) return;
    const length = (isFolded ? strip : to - at) / room;
    segments.push({ from: at, to, isFolded, place, length });
    at = to;
    place += length;
  };
  for (const [from, to] of folded) {
    add(from, false);
    add(to, true);
  }
  add(total, false);

  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return {
    duration: total,
    segments,
    placeOf(mono) {
      const segment = segments.find(({ to }) => mono <= to) ?? segments.at(-1)!;
      return clamp(segment.place + (segment.length * (mono - segment.from)) / (segment.to - segment.from));
    },
    monoAt(wanted) {
      const segment = segments.find((one) => wanted <= one.place + one.length) ?? segments.at(-1)!;
      const share = (wanted - segment.place) / segment.length;
      return Math.min(total, Math.max(0, segment.from + share * (segment.to - segment.from)));
    },
  };
}

export interface Break {
  from: number;
  to: number;
  /** 0…1 */
  middle: number;
  /** Where there is room to say how long it was: away from the nearer end, and not over the shown instant. */
  side: 'before' | 'after';
}

/** A label beside a break takes about so much of the whole width. */
const LABEL = 0.22;

/** The folded stretches, as breaks in the drawing. `now` is the shown instant. */
export function breaksOf(scale: TimeScale, now: number): Break[] {
  const shown = scale.placeOf(now);
  return scale.segments
    .filter(({ isFolded }) => isFolded)
    .map(({ from, to, place, length }) => {
      const middle = place + length / 2;
      const isFree = (side: Break['side']) =>
        side === 'after'
          ? middle + LABEL <= 1 && !(shown >= middle && shown <= middle + LABEL)
          : middle - LABEL >= 0 && !(shown <= middle && shown >= middle - LABEL);
      const wanted = middle < 0.5 ? 'after' : 'before';
      const other = wanted === 'after' ? 'before' : 'after';
      return { from, to, middle, side: isFree(wanted) || !isFree(other) ? wanted : other };
    });
}

/** Stretches of [0, total] that no busy interval covers. */
function gapsOf(busy: readonly (readonly [number, number])[], total: number): [number, number][] {
  const gaps: [number, number][] = [];
  let covered = 0;
  for (const [from, to] of [...busy].sort((a, b) => a[0] - b[0])) {
    if (from > covered) gaps.push([covered, from]);
    covered = Math.max(covered, to);
  }
  if (total > covered) gaps.push([covered, total]);
  return gaps;
}

/** When actions worked; an approval only waits. `now` ends what still runs. */
export function busyIntervals(state: ExecutionState, now: number): [number, number][] {
  return state.stages.flatMap((stage) =>
    stage.actions.flatMap((latest) =>
      attemptsOf(latest)
        .filter(({ approval }) => approval === undefined)
        .map(({ startedMono, finishedMono }): [number, number] => [startedMono, finishedMono ?? now]),
    ),
  );
}

/** Round distances between marks: at most `most` of them over the duration. */
export function ticksOf(scale: TimeScale, most: number): number[] {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const drawn = scale.segments.reduce((sum, { from, to, isFolded }) => sum + (isFolded ? 0 : to - from), 0);
  const step = (steps.find((seconds) => drawn / (seconds * 1000) <= most) ?? 604_800) * 1000;
  const ticks: number[] = [];
  for (const { from, to, isFolded } of scale.segments) {
    if (isFolded) continue;
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  }
  return ticks;
}
