import type { Sidecar } from '../sidecar.ts';

type Keyed = 'bindings' | 'notes' | 'breakpoints';

/** The sidecar after a stage, an action or a rule got another name: what it keeps by that name moves along. */
export function sidecarRename(from: string, to: string): (sidecar: Sidecar) => Sidecar {
  // A stage takes what is below it along; below an action there is nothing (a rule's key only looks like it).
  const isStage = !from.includes('/');
  const renamed = (key: string): string =>
    key === from ? to : isStage && key.startsWith(`${from}/`) ? to + key.slice(from.length) : key;
  return (sidecar) => {
    let after = sidecar;
    for (const member of ['bindings', 'notes', 'breakpoints'] as const satisfies readonly Keyed[]) {
      const record = sidecar[member];
      if (!record || !Object.keys(record).some((key) => renamed(key) !== key)) continue;
      after = { ...after, [member]: withKeys<unknown>(record, renamed) };
    }
    if (sidecar.folded?.includes(from)) after = { ...after, folded: sidecar.folded.map(renamed) };
    return after;
  };
}

/** After an output artifact got another name: the folders that stand for its content in scripted results move along. */
export function sidecarRenameArtifact(from: string, to: string): (sidecar: Sidecar) => Sidecar {
  return (sidecar) => {
    let bindings = sidecar.bindings;
    for (const [where, binding] of Object.entries(sidecar.bindings)) {
      if (binding.kind !== 'simulation' || !binding.outputArtifacts || !Object.hasOwn(binding.outputArtifacts, from))
        continue;
      const outputArtifacts = withKeys(binding.outputArtifacts, (key) => (key === from ? to : key));
      bindings = { ...bindings, [where]: { ...binding, outputArtifacts } };
    }
    return bindings === sidecar.bindings ? sidecar : { ...sidecar, bindings };
  };
}

/** After a pipeline variable got another name: its remembered value moves along. */
export function sidecarRenameVariable(from: string, to: string): (sidecar: Sidecar) => Sidecar {
  return (sidecar) =>
    Object.hasOwn(sidecar.variables, from)
      ? { ...sidecar, variables: withKeys(sidecar.variables, (key) => (key === from ? to : key)) }
      : sidecar;
}

const withKeys = <Value>(record: Readonly<Record<string, Value>>, renamed: (key: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [renamed(key), value]));
