import { statSync } from 'node:fs';
import { actionKey, type PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Binding, Sidecar } from '../../shared/model/sidecar.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { absolutePath } from './attemptFolder.ts';

/**
 * Bindings that lead nowhere, so that it is told before anybody is asked for consent: a source's folder, repository or file, the
 * file of a function or of a pipeline. Where a deploy writes to is made when it is needed.
 */
export function missingPlaces(
  { stages }: Pick<PipelineDeclaration, 'stages'>,
  bindings: Sidecar['bindings'],
  folder: string,
): Problem[] {
  return stages.flatMap((stage) =>
    stage.actions.flatMap((action) => {
      const where = actionKey(stage.name, action.name);
      const binding = Object.hasOwn(bindings, where) ? bindings[where] : undefined;
      const path = binding && pathOf(binding, action.actionTypeId.category);
      if (path === undefined || (folder === '' && !/^[/~]/.test(path))) return [];
      const at = absolutePath(path, folder);
      const what = isThere(at)
        ? wrongKind(at, binding)
        : `The ${NAMES[binding?.kind ?? ''] ?? 'file'} ${at} that it is bound to does not exist.`;
      if (what === undefined) return [];
      return [
        problem({
          code: 'run.binding-missing',
          where,
          what,
          fix: 'Choose another in the inspector under Local, or with the option --bind of the command.',
        }),
      ];
    }),
  );
}

const NAMES: Readonly<Record<string, string>> = { repository: 'repository', folder: 'folder', file: 'file' };

function pathOf(binding: Binding, category: string): string | undefined {
  if (binding.kind === 'handler' || binding.kind === 'pipeline') return binding.path;
  if (category !== 'Source') return undefined;
  return binding.kind === 'repository' || binding.kind === 'folder' || binding.kind === 'file'
    ? binding.path
    : undefined;
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

function wrongKind(path: string, binding: Binding | undefined): string | undefined {
  const wantsFolder = binding?.kind === 'repository' || binding?.kind === 'folder';
  return wantsFolder && !statSync(path).isDirectory() ? `${path}, which it is bound to, is a file.` : undefined;
}
