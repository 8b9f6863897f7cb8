import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { actionKey, type PipelineDeclaration, ruleKey, rulesOfStage } from '../../shared/model/declaration.ts';
import type { Binding, BindingKind, Sidecar } from '../../shared/model/sidecar.ts';
import { findProvider, findRuleType } from '../../shared/providers/table.ts';
import { pair, UsageError } from './command.ts';

export interface CommandLineBindings {
  bindings: Sidecar['bindings'];
  /** By 'Stage/Action': command lines that do the jobs of custom and partner actions. */
  workers: ReadonlyMap<string, string>;
}

/**
 * Adds the bindings of the command line to those of the sidecar: `--bind Stage/Action=PATH`, `--source Action=PATH`. What
 * PATH stands for (repository, folder, file) follows from what it is and from what the action's provider takes. An action
 * whose work a job worker does takes a command line instead, or nothing: then it waits for a worker that somebody starts.
 */
export function withBindings(
  pipeline: PipelineDeclaration,
  bindings: Sidecar['bindings'],
  options: { source: readonly string[]; bind: readonly string[] },
  cwd: string,
): CommandLineBindings {
  const added: Sidecar['bindings'] = { ...bindings };
  const workers = new Map<string, string>();
  for (const [option, texts] of [
    ['--source', options.source],
    ['--bind', options.bind],
  ] as const) {
    for (const text of texts) {
      const [name, path] = pair(text, option);
      const ofRule = option === '--bind' ? ruleAt(pipeline, name) : undefined;
      if (ofRule) {
        const kinds = findRuleType(ofRule.ruleTypeId)?.local.binding?.kinds ?? [];
        added[name] = bindingTo(resolve(cwd, path), kinds, `${option} ${text}`);
        continue;
      }
      const found = pipeline.stages
        .flatMap((stage) => stage.actions.map((action) => ({ stage, action })))
        .filter(({ stage, action }) =>
          name.includes('/') ? actionKey(stage.name, action.name) === name : action.name === name,
        )
        .filter(({ action }) => option === '--bind' || action.actionTypeId.category === 'Source');
      if (found.length !== 1)
        throw new UsageError(
          `${option} ${text}: ${found.length ? 'more than one action has this name; write Stage/Action' : 'the pipeline has no such action'}.`,
        );
      const { stage, action } = found[0]!;
      const kinds = findProvider(action.actionTypeId).local.binding?.kinds ?? [];
      const key = actionKey(stage.name, action.name);
      if (kinds.includes('jobWorker')) {
        added[key] = { kind: 'jobWorker' };
        if (path.trim() !== '') workers.set(key, path);
        continue;
      }
      const known = bindings[key];
      const bound = bindingTo(resolve(cwd, path), kinds, `${option} ${text}`);
      added[key] = bound.kind === 'pipeline' && known?.kind === bound.kind ? { ...known, ...bound } : bound;
    }
  }
  return { bindings: added, workers };
}

/** The rule that 'Stage/beforeEntry/Rule' names. */
const ruleAt = (pipeline: PipelineDeclaration, name: string) =>
  pipeline.stages
    .flatMap((stage) =>
      rulesOfStage(stage).map((one) => ({ ...one, key: ruleKey(stage.name, one.conditionType, one.rule.name) })),
    )
    .find(({ key }) => key === name)?.rule;

function bindingTo(path: string, kinds: readonly BindingKind[], option: string): Binding {
  const is = (kind: BindingKind) => kinds.includes(kind);
  const isFile = existsSync(path) && statSync(path).isFile();
  const isRepository =
    existsSync(join(path, '.git')) || existsSync(join(path, 'HEAD')) || basename(path).endsWith('.git');
  if (isFile && is('file')) return { kind: 'file', path };
  if (isFile && is('handler')) return { kind: 'handler', path };
  if (isFile && is('pipeline')) return { kind: 'pipeline', path };
  if (isRepository && is('repository')) return { kind: 'repository', path };
  if (!isFile && is('folder')) return { kind: 'folder', path };
  if (is('repository')) return { kind: 'repository', path };
  throw new UsageError(
    `${option}: this action takes no such binding${kinds.length ? ` (it takes: ${kinds.join(', ')})` : ''}.`,
  );
}
