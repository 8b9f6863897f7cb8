import { readFileSync, writeFileSync } from 'node:fs';
import { type CloudscapeToken, cloudscapeCss } from '../renderer/theme/cloudscapeMapping.ts';

/**
 * Writes renderer/theme/cloudscape.generated.css: Cloudscape's custom properties in terms of ours. A static file, because the
 * window's Content-Security-Policy allows no style made at run time. The property names end in a hash of the installed
 * version, so they are read from the components themselves. Run it after changing the mapping or Cloudscape's version.
 */
const source = new URL(
  '../node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js',
  import.meta.url,
);
const tokens: CloudscapeToken[] = [];
for (const [, property = '', light = ''] of readFileSync(source, 'utf8').matchAll(/"var\((--[\w-]+), (.*)\)"/g))
  tokens.push({ name: property.slice(2, property.lastIndexOf('-')), property, light });

const target = new URL('../renderer/theme/cloudscape.generated.css', import.meta.url);
const css = cloudscapeCss(tokens);
writeFileSync(target, css);
console.log(`${css.split('\n').length - 4} of ${tokens.length} Cloudscape tokens mapped.`);
