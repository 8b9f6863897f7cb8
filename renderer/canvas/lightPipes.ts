import { canvas } from './canvasStore.ts';

let layer: SVGSVGElement | null = null;
let rest: ReturnType<typeof setTimeout> | undefined;

export const setPipeLayer = (element: SVGSVGElement | null): void => {
  layer = element;
};

/** So long after its last move the view rests. React Flow does not tell the end of a move that came back to where it began. */
const REST = 200;

/** The view moves: what passes under the pointer meanwhile is not pointed at. Once it rests, what is there then is. */
export function viewMoved(): void {
  clearTimeout(rest);
  rest = setTimeout(() => {
    rest = undefined;
    const pointed = document.querySelector<HTMLElement>('article[data-where]:hover');
    lightPipes(canvas().gesture ? '' : (pointed?.dataset.where ?? ''));
  }, REST);
}

/** There is no view any more. */
export function viewGone(): void {
  clearTimeout(rest);
  rest = undefined;
}

/**
 * Lights the pipes of the card under the pointer and dims the others; '' lights none. By attributes, outside React: the pointer
 * crosses many cards, and none of them has to hear of it.
 */
export function lightPipes(where: string): void {
  if (!layer || rest !== undefined) return;
  for (const pipe of layer.querySelectorAll('[data-near]')) pipe.removeAttribute('data-near');
  layer.toggleAttribute('data-hovered', where !== '');
  if (where === '') return;
  for (const pipe of layer.querySelectorAll<SVGElement>('[data-from]'))
    if (pipe.dataset.from === where || pipe.dataset.to === where) pipe.setAttribute('data-near', '');
}
