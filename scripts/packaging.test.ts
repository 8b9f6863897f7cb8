import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './root.ts';

const require = createRequire(import.meta.url);
const read = () => parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;

/** electron-builder's own check of its configuration, without building anything. */
async function check(configuration: Record<string, unknown>): Promise<void> {
  const builder = createRequire(require.resolve('electron-builder'));
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration: (configuration: unknown, log: { isEnabled: boolean }) => Promise<void>;
  };
  await validateConfiguration(configuration, { isEnabled: false });
}

describe('the packages of the desktop app', () => {
  it('have a configuration that electron-builder takes', async () => {
    await expect(check(read())).resolves.toBeUndefined();
  });

  it('would be refused with an unknown key', async () => {
    await expect(check({ ...read(), frobnicate: true })).rejects.toThrow(/frobnicate/);
  });

  it('open the files that the product saves, and take over no others', () => {
    const associations = read().fileAssociations as { ext: string[]; role: string }[];
    expect(associations.flatMap(({ ext }) => ext)).toEqual(['pipeline.json', 'pipeline.yaml', 'pipeline.yml']);
  });

  it('have every fuse set to its safe side', () => {
    expect(read().electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
