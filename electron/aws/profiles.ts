import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Names of the profiles in the user's shared AWS files, sorted; never their content. Missing files count as empty. */
export async function listProfiles(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = join(environment.HOME || homedir(), '.aws');
  const files = [
    environment.AWS_CONFIG_FILE || join(folder, 'config'),
    environment.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'),
  ];
  const names = new Set<string>();
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const [, name] of text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/gm)) {
      if (name && !/^(sso-session|services)\s/.test(name)) names.add(name);
    }
  }
  return [...names].sort();
}
