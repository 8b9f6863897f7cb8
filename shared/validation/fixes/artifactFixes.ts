import { renameArtifact } from '../../model/edits/renames.ts';
import { sidecarRename } from '../../model/edits/sidecarRenames.ts';
import { uniqueName } from '../../model/edits/uniqueName.ts';
import { nearest } from '../../model/nearest.ts';
import { usesOfArtifact } from '../../references/findUses.ts';
import { type ActionAt, isBefore } from '../ruleContext.ts';
import {
  canMakeMore,
  type Faulty,
  type FaultyAction,
  type Fixer,
  insert,
  nearestFirst,
  outputNameFor,
  outputNames,
  outputsBefore,
  pathOfAction,
  type QuickFix,
  remove,
  renaming,
  set,
} from './quickFix.ts';

const LAST_RUN_ORDER = 999;

/** What actions take in and put out. */
export const artifactFixers: Readonly<Record<string, Fixer>> = {
  'artifact.not-produced': (faulty) => {
    const { action, value: name } = faulty;
    if (!action || typeof name !== 'string') return [];
    return [...others(faulty, action, name), createOutput(faulty, action, name), dropInput(faulty, name)];
  },
  'artifact.produced-too-late': (faulty) => {
    const { action, value: name, context } = faulty;
    if (!action || typeof name !== 'string') return [];
    const producer = context.producers.get(name)?.[0];
    return [
      producer && producer.label !== action.label ? behind(action, producer) : undefined,
      ...others(faulty, action, name),
      dropInput(faulty, name),
    ];
  },
  'artifact.duplicate-input': (faulty) => [dropInput(faulty, String(faulty.value))],
  'artifact.duplicate-output': ({ pipeline, path, value }) => {
    const to = uniqueName(String(value), outputNames(pipeline));
    return [set('rename-duplicate', `Rename this output to ${to}`, path, to)];
  },
  'artifact.input-count': (faulty) => {
    const { action, context } = faulty;
    if (!action?.provider) return [];
    const [least, most] = action.provider.artifacts.inputs;
    const inputs = (action.action.inputArtifacts ?? []).map(({ name }) => name);
    if (inputs.length > most) return [dropLast(action, 'inputArtifacts', inputs, most, new Set())];
    const free = outputsBefore(context, action).filter(({ name }) => !inputs.includes(name));
    return inputs.length < least ? free.slice(0, 3).map(({ name }) => connect(action, name)) : [];
  },
  'artifact.output-count': ({ pipeline, action, context }) => {
    if (!action?.provider) return [];
    const [least, most] = action.provider.artifacts.outputs;
    const outputs = (action.action.outputArtifacts ?? []).map(({ name }) => name);
    const taken = new Set(context.actions.flatMap((at) => (at.action.inputArtifacts ?? []).map(({ name }) => name)));
    if (outputs.length > most) return [dropLast(action, 'outputArtifacts', outputs, most, taken)];
    const name = uniqueName(outputNameFor(action.action), outputNames(pipeline));
    return outputs.length < least ? [addTo(action, 'outputArtifacts', name, `Add output artifact ${name}`)] : [];
  },
  'artifact.clone-reference': ({ context, value: name }) => {
    const source = context.producers.get(String(name))?.[0];
    const path = source && [...pathOfAction(source), 'configuration', 'OutputArtifactFormat'];
    return [
      path ? set('fetch-files', `Let ${source.action.name} fetch the files (CODE_ZIP)`, path, 'CODE_ZIP') : undefined,
    ];
  },
  'rule.artifact-not-produced': ({ context, path, value: name }) => {
    const place = { stageIndex: Number(path[1]), runOrder: path[2] === 'beforeEntry' ? -1 : LAST_RUN_ORDER + 1 };
    const names = outputsBefore(context, place).map((output) => output.name);
    const meant = nearest(String(name), names) ?? names[0];
    return [
      meant ? set('take-artifact', `Take ${meant} instead`, path, meant) : undefined,
      remove('remove-input', `Remove input ${String(name)}`, path.slice(0, -1)),
    ];
  },
};

/** the artifact of a build under a name that is an identifier, wherever it is used. */
export function identifierFix({ pipeline, action, path, problem }: Faulty): QuickFix | undefined {
  const side = path.at(-1);
  if (!action || (side !== 'inputArtifacts' && side !== 'outputArtifacts')) return undefined;
  const wrong = (action.action[side] ?? []).find(
    ({ name }) => !/^\w{1,127}$/.test(name) && problem.what.includes(`"${name}"`),
  );
  if (!wrong) return undefined;
  const to = uniqueName(wrong.name.replaceAll(/\W/g, '_').slice(0, 127), outputNames(pipeline));
  return renaming('rename-identifier', renameArtifact(pipeline, wrong.name, to));
}

/** Another artifact in place of one that is not there: the one that was meant, then the nearest. */
function others({ context, pipeline }: Faulty, at: FaultyAction, name: string): QuickFix[] {
  const held = new Set((at.action.inputArtifacts ?? []).map((input) => input.name));
  const free = outputsBefore(context, at).filter((output) => !held.has(output.name));
  const meant = nearest(
    name,
    free.map((output) => output.name),
  );
  const choices = [
    ...new Set([...(meant === undefined ? [] : [meant]), ...free.slice(0, 2).map((output) => output.name)]),
  ];
  return choices.map((choice) => ({
    kind: choice === meant ? 'did-you-mean' : 'take-artifact',
    title: `Take ${choice} instead of ${name}`,
    // Its configuration follows: PrimarySource, TemplatePath …
    edits: usesOfArtifact(pipeline, name)
      .filter((use) => at.path.every((segment, index) => use.path[index] === segment))
      .map((use) => ({ path: use.path, value: use.renamed(choice) })),
  }));
}

/** The missing artifact as an output of the nearest earlier action that can make one more. */
function createOutput({ context }: Faulty, at: FaultyAction, name: string): QuickFix | undefined {
  const makers = nearestFirst(
    context.actions.filter((other) => isBefore(other, at) && canMakeMore(other.provider, other.action)),
  );
  const maker = makers.find(({ isSource }) => !isSource) ?? makers[0];
  return (
    maker &&
    addTo({ ...maker, path: pathOfAction(maker) }, 'outputArtifacts', name, `Add output ${name} to ${maker.label}`)
  );
}

function addTo(
  { action, path }: FaultyAction,
  side: 'inputArtifacts' | 'outputArtifacts',
  name: string,
  title: string,
): QuickFix {
  const kind = side === 'inputArtifacts' ? 'connect' : 'create-output';
  const list = action[side];
  return list
    ? insert(kind, title, [...path, side, list.length], { name })
    : set(kind, title, [...path, side], [{ name }]);
}

/** An input artifact more; a build with several gets the first as its primary source. */
export function connect(at: FaultyAction, name: string): QuickFix {
  const fix = addTo(at, 'inputArtifacts', name, `Connect ${name} to ${at.action.name}`);
  const required = at.provider?.configuration.PrimarySource?.required;
  const [first] = at.action.inputArtifacts ?? [];
  if (!first || required === undefined || at.action.configuration?.PrimarySource !== undefined) return fix;
  return { ...fix, edits: [...fix.edits, { path: [...at.path, 'configuration', 'PrimarySource'], value: first.name }] };
}

const dropInput = ({ path }: Faulty, name: string): QuickFix =>
  remove('remove-input', `Remove input ${name}`, path.slice(0, -1));

/** Removes from the end what is too much, of outputs first those that nobody takes. */
function dropLast(
  { path }: FaultyAction,
  side: 'inputArtifacts' | 'outputArtifacts',
  names: readonly string[],
  most: number,
  taken: ReadonlySet<string>,
): QuickFix {
  const order = [...names.keys()].reverse().sort((a, b) => Number(taken.has(names[a]!)) - Number(taken.has(names[b]!)));
  const dropped = order.slice(0, names.length - most).sort((a, b) => b - a);
  const said = dropped.map((index) => names[index]).reverse();
  return {
    kind: side === 'inputArtifacts' ? 'remove-input' : 'remove-output',
    title: `Remove ${side === 'inputArtifacts' ? 'input' : 'output'} ${said.join(', ')}`,
    edits:
      most === 0
        ? [{ path: [...path, side], value: undefined }]
        : dropped.map((index) => ({ path: [...path, side, index], value: undefined })),
  };
}

/** The action after its producer: a higher runOrder in the same stage, else behind all of the producer's stage. */
export function behind(at: FaultyAction, producer: ActionAt): QuickFix | undefined {
  if (producer.stageIndex === at.stageIndex) {
    const runOrder = producer.runOrder + 1;
    if (runOrder > LAST_RUN_ORDER) return undefined;
    return set(
      'raise-run-order',
      `Run ${at.action.name} after ${producer.action.name} (runOrder ${runOrder})`,
      [...at.path, 'runOrder'],
      runOrder,
    );
  }
  // A stage that it leaves empty would go, and every index behind it with it.
  if (
    at.stage.actions.length === 1 ||
    producer.isSource ||
    producer.stage.actions.some(({ name }) => name === at.action.name)
  )
    return undefined;
  const runOrder = Math.max(...producer.stage.actions.map((action) => action.runOrder ?? 1)) + 1;
  if (runOrder > LAST_RUN_ORDER) return undefined;
  const to = `${producer.stage.name}/${at.action.name}`;
  return {
    kind: 'move-behind',
    title: `Move ${at.action.name} behind ${producer.label}`,
    edits: [
      { path: at.path, value: undefined },
      {
        path: ['stages', producer.stageIndex, 'actions', producer.stage.actions.length],
        value: { ...at.action, runOrder },
        insert: true,
      },
    ],
    select: to,
    sidecar: sidecarRename(at.label, to),
  };
}
