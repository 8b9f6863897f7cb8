let layer: SVGSVGElement | null = null;

export const setPipeLayer = (element: SVGSVGElement | null): void => {
  layer = element;
};

/**
 * Lights the pipes of the card under the pointer and dims the others; '' lights none. By attributes, outside React: the pointer
 * crosses many cards, and none of them has to hear of it.
 */
export function lightPipes(where: string): void {
  if (!layer) return;
  for (const pipe of layer.querySelectorAll('[data-near]')) pipe.removeAttribute('data-near');
  layer.toggleAttribute('data-hovered', where !== '');
  if (where === '') return;
  for (const pipe of layer.querySelectorAll<SVGElement>('[data-from]'))
    if (pipe.dataset.from === where || pipe.dataset.to === where) pipe.setAttribute('data-near', '');
}
