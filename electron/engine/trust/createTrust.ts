import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import type { StartRequest, Trust } from '../../parts.ts';
import { absoluteBindings } from '../absoluteBindings.ts';
import { createCommittedFiles } from './committedFiles.ts';
import { listExecutables, MAX_BUILDSPEC_BYTES } from './listExecutables.ts';
import { summaryOf } from './summaryOf.ts';
import { createTrustStore } from './trustStore.ts';
import { visibleText } from './visibleText.ts';

/**
 * What a project would execute, and whether the user agreed to exactly that (reliability-security.md WT). Agreement belongs
 * to the real folder and to a hash over everything executable in it; nothing inside the project can grant it. It does not
 * cover what the commands themselves start: scripts of the source, installed tools. Starts nothing of the project; git reads
 * what is committed.
 */
export function createTrust({ dataDirectory }: { dataDirectory: string }): Trust {
  const store = createTrustStore(join(dataDirectory, 'trust.json'));
  const committed = createCommittedFiles(MAX_BUILDSPEC_BYTES);
  /** Which document a hash was described for; agreement names only the hash. */
  const described = new Map<string, string>();

  return {
    async describe(request, openedAs) {
      const folder = await realFolder(request.folder);
      const document = request.documentPath;
      const executables = await listExecutables(request, committed);
      const hash = hashOf(folder, executables, request);
      described.set(hash, document);
      const agreed = await store.agreements(folder);
      const real = openedAs === '' ? '' : await realFolder(openedAs);
      return {
        folder,
        openedAs: openedAs === real ? '' : openedAs,
        summary: summaryOf(executables),
        commands: executables.map(({ where, text }) => ({ where: visibleText(where), text: visibleText(text) })),
        changed: agreed.some((entry) => entry.document === document && entry.hash !== hash),
        hash,
        // Nothing to agree to: no command, no folder that is written to.
        trusted: executables.length === 0 || agreed.some((entry) => entry.hash === hash),
      };
    },
    async agree(folder, hash) {
      await store.add(await realFolder(folder), { hash, document: described.get(hash) ?? '' });
    },
  };
}

async function realFolder(path: string): Promise<string> {
  if (path === '') return '';
  return realpath(path).catch(() => path); // not there any more: then its own name is all there is
}

function hashOf(folder: string, executables: readonly unknown[], { bindings, folder: base }: StartRequest): string {
  const relevant = Object.entries(absoluteBindings(bindings, base))
    .filter(([, binding]) => changesWhatRuns(binding))
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify(['penstock-trust-1', folder, executables, sorted(relevant)]))
    .digest('hex');
}

/** A script for a simulated action runs nothing, unless it brings files in. */
const changesWhatRuns = (binding: Sidecar['bindings'][string]) =>
  binding.kind !== 'simulation' || Object.keys(binding.outputArtifacts ?? {}).length > 0;

/** The same content in any order of members is the same content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)]);
}
