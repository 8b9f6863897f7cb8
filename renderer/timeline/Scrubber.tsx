import { Pause, Play } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { forkFromInstant } from '../debug/debugRun.ts';
import { eventsOf, isRunningStatus, scrubTo, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { durationText } from '../ui/duration.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import { eventText } from './eventText.ts';
import styles from './Scrubber.module.css';
import { marksOf, nextStageSeq, seqAt } from './steps.ts';
import type { TimeScale } from './timeScale.ts';
import { useTimeScale } from './useTimeScale.ts';

const SPEEDS = [0.5, 1, 2, 4, 8, 16, 32, 64];
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/**
 * The strip under the canvas: plays an execution, and goes to any instant of it by drag or by event (←/→; with Shift by
 * stage). Renders nothing while no execution is shown.
 */
export function Scrubber() {
  const time = useTimeScale();
  return time ? <Strip scale={time.scale} now={time.now} /> : null;
}

function Strip({ scale, now }: { scale: TimeScale; now: number }) {
  const texts = strings.timeline;
  const shownId = useExecution((store) => store.shownId);
  const eventCount = useExecution((store) => store.eventCount);
  const at = useExecution((store) => store.at);
  const status = useExecution((store) => store.notes[store.shownId ?? '']?.status);
  const isRunning = isRunningStatus(status);
  const [speed, setSpeed] = useState(4);
  const [isPlaying, setIsPlaying] = useState(false);
  const track = useRef<HTMLDivElement>(null);
  const events = eventsOf(shownId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the array grows in place; its length says when.
  const marks = useMemo(() => marksOf(events), [events, eventCount]);
  const seq = at === 'live' ? eventCount : at;

  usePlayback(isPlaying, speed, scale, () => setIsPlaying(false));

  const seekTo = (wanted: number) => {
    setIsPlaying(false);
    // At its end a running execution lives on; the end of a finished one is its last event.
    scrubTo(wanted >= eventCount ? 'live' : wanted);
  };
  const seekPointer = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box?.width) return;
    const share = (event.clientX - box.left) / box.width;
    seekTo(share >= 1 ? eventCount : seqAt(events, scale.monoAt(Math.max(0, share))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    if (direction) seekTo(event.shiftKey ? nextStageSeq(events, seq, direction) : Math.max(1, seq + direction));
    else if (event.key === 'Home') seekTo(1);
    else if (event.key === 'End') seekTo(eventCount);
    else if (event.key === ' ') togglePlay();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const togglePlay = () => {
    if (!isPlaying && at === 'live') scrubTo(1);
    setIsPlaying(!isPlaying);
  };
  const current = events[seq - 1];
  const instant = durationText(now);
  const isEnd = at === 'live' && !isRunning && status !== undefined;
  const words = isEnd
    ? texts.atEnd(statusText(status), instant)
    : at === 'live'
      ? texts.liveAt(instant)
      : texts.of(instant, durationText(scale.duration));

  return (
    <section className={styles.strip} aria-label={texts.replay}>
      <button
        type="button"
        className={styles.play}
        aria-label={isPlaying ? texts.pause : texts.play}
        onClick={togglePlay}
      >
        {isPlaying ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
      </button>
      <div
        className={styles.slider}
        role="slider"
        tabIndex={0}
        aria-label={texts.instant}
        aria-valuemin={1}
        aria-valuemax={eventCount}
        aria-valuenow={seq}
        aria-valuetext={current ? texts.instantText(instant, eventText(current)) : instant}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seekPointer(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seekPointer(event)}
      >
        <div ref={track} className={styles.track}>
          <span className={styles.done} style={{ width: percent(scale.placeOf(now)) }} />
          {scale.segments
            .filter(({ isFolded }) => isFolded)
            .map(({ from, to, place, length }) => (
              <span
                key={from}
                className={styles.fold}
                style={{ insetInlineStart: percent(place), width: percent(length) }}
                title={texts.folded(durationText(to - from))}
              />
            ))}
          {marks.map((mark) => (
            <span
              key={mark.seq}
              className={styles.mark}
              data-kind={mark.kind}
              style={{ insetInlineStart: percent(scale.placeOf(mark.mono)) }}
              title={mark.text}
            />
          ))}
          <span className={styles.thumb} style={{ insetInlineStart: percent(scale.placeOf(now)) }} />
        </div>
      </div>
      <span className={styles.instant} title={current && eventText(current)}>
        <span>
          {isEnd && <StatusIcon status={status} />}
          {words}
        </span>
        {at !== 'live' && current && <small>{eventText(current)}</small>}
      </span>
      {at !== 'live' && (
        <button
          type="button"
          className={styles.live}
          title={texts.forkHelp}
          onClick={() => {
            setIsPlaying(false);
            void forkFromInstant();
          }}
        >
          {texts.fork}
        </button>
      )}
      <select
        className={styles.speed}
        aria-label={texts.speed}
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((choice) => (
          <option key={choice} value={choice}>
            {choice}×
          </option>
        ))}
      </select>
      <button
        type="button"
        className={styles.live}
        aria-pressed={at === 'live'}
        onClick={() => {
          setIsPlaying(false);
          scrubTo('live');
        }}
      >
        {isRunning ? texts.live : texts.end}
      </button>
    </section>
  );
}

/** How long a folded stretch takes in replay, at any speed. */
const FOLDED_REPLAY_MS = 400;

/** Lets replay time pass frame by frame; each frame seeks once. Ends at the last event. */
function usePlayback(isPlaying: boolean, speed: number, scale: TimeScale, onEnd: () => void): void {
  const latest = useRef({ speed, scale, onEnd });
  latest.current = { speed, scale, onEnd };
  useEffect(() => {
    if (!isPlaying) return;
    const { shownId, at } = useExecution.getState();
    const events = eventsOf(shownId);
    let mono = events[(at === 'live' ? 1 : at) - 1]?.mono ?? 0;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const { speed: pace, scale: shown, onEnd: end } = latest.current;
      const segment = shown.segments.find(({ to }) => mono < to);
      const rate = segment?.isFolded ? (segment.to - segment.from) / FOLDED_REPLAY_MS : pace;
      mono += (now - last) * rate;
      if (segment?.isFolded) mono = Math.min(mono, segment.to);
      last = now;
      const all = eventsOf(useExecution.getState().shownId);
      if (mono >= (all.at(-1)?.mono ?? 0)) {
        scrubTo('live');
        end();
        return;
      }
      scrubTo(seqAt(all, mono));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);
}
