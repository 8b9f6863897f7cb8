import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listProfiles } from './profiles.ts';

it('lists the names of profiles from both files and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'penstock-profiles-'));
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  await writeFile(
    config,
    '[default]\nregion=eu-west-1\n[profile acme-dev]\nsso_session=x\n[sso-session x]\nsso_region=eu-west-1\n[services local]\n',
  );
  await writeFile(credentials, '[legacy]\naws_secret_access_key = hidden\n');
  const names = await listProfiles({ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials });
  expect(names).toEqual(['acme-dev', 'default', 'legacy']);
});

it('has no profiles where there are no files', async () => {
  expect(await listProfiles({ HOME: '/nonexistent' })).toEqual([]);
});
