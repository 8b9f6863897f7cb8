import type { LucideIcon } from 'lucide-react';
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { WarningIcon } from './icons.ts';
import { glyphDrawings } from './ProviderGlyph.tsx';
import { statusDrawings } from './StatusIcon.tsx';

/*
 * Icons as pictures: the canvas shows hundreds of them, and an <svg> in each card is a layer's worth of work for the compositor
 * in every frame in which the view moves, while a background picture is none. A picture cannot take its colour from the text
 * around it, so all are drawn again with the theme.
 */

const faults = [
  { name: 'warning', icon: WarningIcon, colour: '--waiting' },
  { name: 'error', icon: WarningIcon, colour: '--failed' },
];

/** The markup of each icon, in 'currentColor'. */
const markup = new Map<LucideIcon, string>();

function markupOf(icon: LucideIcon): string {
  const known = markup.get(icon);
  if (known !== undefined) return known;
  const holder = document.createElement('div');
  const root = createRoot(holder);
  flushSync(() => root.render(createElement(icon, { size: 24, strokeWidth: 2 })));
  const drawn = holder.innerHTML;
  root.unmount();
  markup.set(icon, drawn);
  return drawn;
}

/** A CSS image of an icon in one colour. */
export function pictureOf(icon: LucideIcon, colour: string): string {
  const svg = markupOf(icon)
    .replace(/ (class|aria-hidden)="[^"]*"/g, '')
    .replaceAll('currentColor', colour);
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

/** The value of a colour token as a colour: with forced colours the tokens are names of the system's, which an image does not know. */
function resolved(probe: HTMLElement, token: string): string {
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}

/** Draws every picture in the colours of the theme in force: `--picture-source`, `--picture-succeeded` … on the page. */
export function drawPictures(): void {
  const { documentElement: page } = document;
  const colours = getComputedStyle(page);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const probe = document.body.appendChild(document.createElement('span'));
  const colourOf = (token: string) => (isForced ? resolved(probe, token) : colours.getPropertyValue(token).trim());
  for (const { name, icon, colour } of [...glyphDrawings, ...statusDrawings, ...faults])
    page.style.setProperty(`--picture-${name}`, pictureOf(icon, colourOf(colour)));
  probe.remove();
}
