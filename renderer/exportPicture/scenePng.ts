import type { Scene } from './scene.ts';
import { sceneSvg } from './sceneSvg.ts';

/** What a browser's canvas may measure at most, each way and in all. */
const MOST_SIDE = 16_000;
const MOST_PIXELS = 120_000_000;

/** A scene as a PNG, twice as fine as on screen unless that were too large. Answers its bytes as base64. */
export async function scenePng(scene: Scene): Promise<string> {
  const { width, height } = scene;
  const scale = Math.min(2, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sceneSvg(scene))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
