import type { Scene, Shape } from './scene.ts';

/** A scene as an SVG file: shapes and text, no script, no style sheet, nothing from elsewhere. Names are only ever text. */
export function sceneSvg({ title, width, height, background, shapes }: Scene): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="Inter, 'Segoe UI', Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    ...shapes.map(drawn),
    '</svg>',
    '',
  ].join('\n');
}

function drawn(shape: Shape): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, radius, fill, stroke } = shape;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${stroke ? ` stroke="${stroke}"` : ''}/>`;
    }
    case 'path': {
      const { d, dx, dy, stroke, width } = shape;
      const move = dx || dy ? ` transform="translate(${dx} ${dy})"` : '';
      return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}"${move}/>`;
    }
    case 'text': {
      const { x, y, text, size, isBold, fill, isCentred } = shape;
      return `<text x="${x}" y="${y}" font-size="${size}"${isBold ? ' font-weight="600"' : ''} fill="${fill}"${isCentred ? ' text-anchor="middle"' : ''}>${escaped(text)}</text>`;
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stays text wherever it stands; what XML 1.0 cannot hold at all, and what would turn text around, is left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((letter) => !/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u.test(letter))
    .join('')
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
