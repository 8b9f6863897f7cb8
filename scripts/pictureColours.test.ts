import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { palettes } from '../renderer/exportPicture/palette.ts';
import { root } from './root.ts';

/** What a picture calls ink is the colour of text in the window. */
const token = (name: string) => name.replace(/^ink/, 'text');

it('an exported picture has the colours of the window, in both themes', () => {
  const tokens = readFileSync(join(root, 'renderer/theme/tokens.css'), 'utf8');
  const [lightPart = '', darkPart = ''] = tokens.split(/^:root\[data-theme="dark"\].*$/m);
  for (const [name, value] of Object.entries(palettes.light))
    expect(lightPart).toContain(`--${token(name)}: ${value};`);
  for (const [name, value] of Object.entries(palettes.dark)) expect(darkPart).toContain(`--${token(name)}: ${value};`);
});
