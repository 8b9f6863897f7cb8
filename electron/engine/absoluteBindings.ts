import type { Sidecar } from '../../shared/model/sidecar.ts';
import { absolutePath } from './attemptFolder.ts';

/** Bindings are recorded with absolute paths, so that a later host finds them without the document. */
export function absoluteBindings(bindings: Sidecar['bindings'], folder: string): Sidecar['bindings'] {
  return Object.fromEntries(
    Object.entries(bindings).map(([where, binding]) => {
      switch (binding.kind) {
        case 'repository':
        case 'folder':
        case 'file':
        case 'handler':
          return [where, { ...binding, path: absolutePath(binding.path, folder) }];
        case 'simulation': {
          const outputs = Object.entries(binding.outputArtifacts ?? {});
          if (outputs.length === 0) return [where, binding];
          const outputArtifacts = Object.fromEntries(outputs.map(([name, path]) => [name, absolutePath(path, folder)]));
          return [where, { ...binding, outputArtifacts }];
        }
        case 'pipeline':
          return [
            where,
            binding.path === undefined ? binding : { ...binding, path: absolutePath(binding.path, folder) },
          ];
        case 'project':
        case 'jobWorker':
          return [where, binding];
        default:
          return [where, binding satisfies never];
      }
    }),
  );
}
