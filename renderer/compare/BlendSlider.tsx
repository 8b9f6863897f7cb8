import { strings } from '../strings/strings.ts';
import { BOTH, MOST } from './blend.ts';
import styles from './CompareView.module.css';

/** From the earlier version to the later one: by drag, by arrow keys, or by a press on one of its three stops. */
export function BlendSlider({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { before, both, after, blend, onlyBefore, onlyAfter, share } = strings.compare;
  const stops = [
    { at: 0, text: before },
    { at: BOTH, text: both },
    { at: MOST, text: after },
  ];
  const words =
    value === BOTH
      ? both
      : value === 0
        ? onlyBefore
        : value === MOST
          ? onlyAfter
          : share(Math.abs(value - BOTH) * 2, value < BOTH);
  return (
    <div className={styles.blend}>
      <input
        type="range"
        min={0}
        max={MOST}
        step={5}
        value={value}
        aria-label={blend}
        aria-valuetext={words}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <div className={styles.stops}>
        {stops.map(({ at, text }) => (
          <button key={at} type="button" aria-pressed={value === at} onClick={() => onChange(at)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}
