import type { Scene, Shape } from './scene.ts';

/*
 * A scene as a PDF of one page, written by hand: lines, boxes and text in the fonts that every reader has (Helvetica), so that
 * it can be searched and scaled. The same in every host, without printing and without a library.
 */

/** PDF points for a pixel. */
const POINT = 0.75;
/** The most that a page may measure (PDF 1.7, annex C). */
const LARGEST = 14_400;

/** The bytes of the file, one character a byte. */
export function scenePdf(scene: Scene): string {
  const scale = Math.min(POINT, LARGEST / Math.max(scene.width, scene.height));
  const [width, height] = [scene.width * scale, scene.height * scale];
  const content = [
    // From pixels downwards to points upwards.
    `${number(scale)} 0 0 ${number(-scale)} 0 ${number(height)} cm`,
    `${colour(scene.background)} rg 0 0 ${number(scene.width)} ${number(scene.height)} re f`,
    ...scene.shapes.map(drawn),
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${number(width)} ${number(height)}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Title (${literal(scene.title)}) /Producer (Penstock) >>`,
  ];
  let file = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

function drawn(shape: Shape): string {
  switch (shape.kind) {
    case 'rect':
      return `${colour(shape.fill)} rg ${shape.stroke ? `${colour(shape.stroke)} RG 1 w ` : ''}${rounded(shape)} ${shape.stroke ? 'B' : 'f'}`;
    case 'path':
      return `${colour(shape.stroke)} RG ${number(shape.width)} w ${pathOf(shape.d, shape.dx, shape.dy)} S`;
    case 'text': {
      const { text, size, isBold, fill, isCentred } = shape;
      const bytes = winAnsi(text);
      // Letters would hang upside down in a page that is counted downwards.
      const x = isCentred ? shape.x - size * 0.35 * bytes.length : shape.x;
      const font = `/${isBold ? 'F2' : 'F1'} ${number(size)} Tf`;
      const place = `1 0 0 -1 ${number(x)} ${number(shape.y)} Tm`;
      return ['BT', colour(fill), 'rg', font, place, `(${quoted(bytes)})`, 'Tj', 'ET'].join(' ');
    }
  }
}

/** How far a Bézier's handles reach for a quarter of a circle. */
const ROUND = 0.5523;

function rounded({ x, y, width, height, radius }: Extract<Shape, { kind: 'rect' }>): string {
  const r = Math.min(radius, width / 2, height / 2);
  const h = r * (1 - ROUND);
  const [right, bottom] = [x + width, y + height];
  const point = (...values: number[]) => values.map(number).join(' ');
  return [
    `${point(x + r, y)} m ${point(right - r, y)} l`,
    `${point(right - h, y, right, y + h, right, y + r)} c ${point(right, bottom - r)} l`,
    `${point(right, bottom - h, right - h, bottom, right - r, bottom)} c ${point(x + r, bottom)} l`,
    `${point(x + h, bottom, x, bottom - h, x, bottom - r)} c ${point(x, y + r)} l`,
    `${point(x, y + h, x + h, y, x + r, y)} c h`,
  ].join(' ');
}

/** An SVG path of M, L and Q in PDF's operators; a quadratic curve is a cubic one with handles at two thirds. */
function pathOf(d: string, dx: number, dy: number): string {
  const operators: string[] = [];
  let [x, y] = [0, 0];
  for (const [, letter, rest] of d.matchAll(/([MLQ])([^MLQ]*)/g)) {
    const values = (rest ?? '')
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const points = values.map((value, index) => value + (index % 2 === 0 ? dx : dy));
    const [a = 0, b = 0, c = 0, e = 0] = points;
    if (letter === 'Q') {
      const handles = [x + (2 / 3) * (a - x), y + (2 / 3) * (b - y), c + (2 / 3) * (a - c), e + (2 / 3) * (b - e)];
      operators.push(`${[...handles, c, e].map(number).join(' ')} c`);
      [x, y] = [c, e];
    } else {
      operators.push(`${number(a)} ${number(b)} ${letter === 'M' ? 'm' : 'l'}`);
      [x, y] = [a, b];
    }
  }
  return operators.join(' ');
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

const colour = (hex: string): string =>
  [1, 3, 5].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');

/** Letters outside Latin-1 that WinAnsi has, by their byte. */
const EXTRA: Readonly<Record<string, number>> = {
  '€': 0x80,
  '…': 0x85,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  '™': 0x99,
};

/** The fonts that every reader has know the letters of Western Europe only; another letter becomes a question mark. */
const winAnsi = (text: string): string =>
  [...text]
    .map((letter) => {
      const code = EXTRA[letter] ?? letter.codePointAt(0)!;
      const isShown = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || Object.hasOwn(EXTRA, letter);
      return isShown ? String.fromCharCode(code) : '?';
    })
    .join('');

const quoted = (bytes: string): string => bytes.replace(/[\\()]/g, (letter) => `\\${letter}`);
const literal = (text: string): string => quoted(winAnsi(text.slice(0, 200)));
