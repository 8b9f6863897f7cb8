/** Milliseconds as people read them on a card: '0.4 s', '12.3 s', '1 m 12 s', '2 h 5 m'. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} m ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** Where there is little room: from ten minutes on only minutes, then hours. */
export function shortDurationText(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  if (minutes < 10) return durationText(milliseconds);
  return minutes < 100 ? `${minutes} m` : `${(minutes / 60).toFixed(1)} h`;
}

/** While something runs, tenths would only flicker. */
export const runningText = (milliseconds: number): string =>
  shortDurationText(Math.floor(Math.max(0, milliseconds) / 1000) * 1000).replace('.0 s', ' s');
