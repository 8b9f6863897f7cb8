import type { Sidecar } from '../../../shared/model/sidecar.ts';

/** The sidecar after a stage or an action got another name: what it keeps by 'Stage/Action' moves along. */
export function sidecarRename(from: string, to: string): (sidecar: Sidecar) => Sidecar {
  const renamed = (key: string): string =>
    key === from ? to : key.startsWith(`${from}/`) ? to + key.slice(from.length) : key;
  const moved = <Value>(record: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [renamed(key), value]));
  return (sidecar) =>
    [...Object.keys(sidecar.bindings), ...Object.keys(sidecar.notes)].some((key) => renamed(key) !== key)
      ? { ...sidecar, bindings: moved(sidecar.bindings), notes: moved(sidecar.notes) }
      : sidecar;
}
