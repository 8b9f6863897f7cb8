import type { Binding, BindingKind } from '../../shared/model/sidecar.ts';
import { ActionFailure, type Artifact } from '../../shared/providers/host.ts';
import type { ArtifactStore } from './artifacts/artifactStore.ts';

/** The place that an action is bound to. @throws ActionFailure when it is of none of these kinds */
export function boundPath(
  binding: Binding | undefined,
  where: string,
  kinds: readonly BindingKind[],
): { kind: 'repository' | 'folder' | 'file'; path: string } {
  if (binding && kinds.includes(binding.kind) && 'path' in binding) {
    return binding as { kind: 'repository' | 'folder' | 'file'; path: string };
  }
  throw new ActionFailure(
    'ConfigurationError',
    binding
      ? `${where} is bound to a ${binding.kind}, which it cannot use.`
      : `${where} is not bound to anything on this machine.`,
    `Bind it to a ${kinds.join(' or ')}: in the inspector under Local, or with --bind ${where}=PATH.`,
  );
}

/** A file as it is, a folder as a zip. */
export async function importPath(store: ArtifactStore, name: string, path: string): Promise<Artifact> {
  const { stat } = await import('node:fs/promises');
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ActionFailure(
      'RevisionUnavailable',
      error.code === 'ENOENT' ? `There is no file or folder ${path}.` : `${path} cannot be read: ${error.message}`,
      'Change the binding of the action to a file or folder that exists.',
      { cause: error },
    );
  });
  const { digest, size } = stats.isDirectory() ? await store.putFolder(path) : await store.putFile(path);
  return { name, digest, size };
}

/** A file below a bound folder; its name comes from whoever starts the pipeline, so it may lead nowhere else. */
export async function insideFolder(folder: string, key: string): Promise<string> {
  const { resolveInside } = await import('./artifacts/resolveInside.ts');
  return resolveInside(folder, key);
}
