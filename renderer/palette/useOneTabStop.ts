import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react';

const stopsIn = (list: Element | null) => [...(list?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];

/**
 * Makes what is marked `data-stop` in a long list one tab stop: the arrows, Home and End go from one to the next, and Tab comes
 * back to where the keyboard was last. Answers what the list's element takes.
 */
export function useOneTabStop() {
  const list = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement>(undefined);
  // With every change of the list: one of those that are there now.
  useLayoutEffect(() => {
    const stops = stopsIn(list.current);
    const reached = last.current && stops.includes(last.current) ? last.current : stops[0];
    for (const stop of stops) stop.tabIndex = stop === reached ? 0 : -1;
  });
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const stops = stopsIn(list.current);
    if (!stops.includes(target)) return;
    last.current = target;
    for (const stop of stops) stop.tabIndex = stop === target ? 0 : -1;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const stops = stopsIn(list.current);
    const index = stops.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (index < 0 || to === undefined) return;
    event.preventDefault();
    stops[to]?.focus();
  };
  return { ref: list, onFocus, onKeyDown };
}
