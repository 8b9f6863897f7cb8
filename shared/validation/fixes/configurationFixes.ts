import { nearest } from '../../model/nearest.ts';
import type { Field } from '../../providers/provider.ts';
import { connect, identifierFix } from './artifactFixes.ts';
import { mendedEnvironment } from './mendedEnvironment.ts';
import { type Faulty, type Fixer, outputsBefore, type QuickFix, remove, set } from './quickFix.ts';

/** Configurations of actions and of rules of conditions. */
export const configurationFixers: Readonly<Record<string, Fixer>> = {
  'configuration.missing': (faulty) => {
    const field = fieldOf(faulty);
    const key = String(faulty.path.at(-1));
    const inputs = (faulty.action?.action.inputArtifacts ?? []).map(({ name }) => name);
    const values =
      field?.type === 'artifactName' ? inputs : field?.default === undefined ? (field?.values ?? []) : [field.default];
    return values.slice(0, 3).map((value) => setKey(faulty, 'add-key', `Set ${key} to ${value}`, value));
  },
  'rule.missing': (faulty) => {
    const field = fieldOf(faulty);
    const values = field?.default === undefined ? (field?.values ?? []) : [field.default];
    return values
      .slice(0, 2)
      .map((value) => setKey(faulty, 'add-key', `Set ${String(faulty.path.at(-1))} to ${value}`, value));
  },
  'configuration.unknown-key': unknownKey,
  'rule.unknown-key': unknownKey,
  'configuration.not-allowed': notAllowed,
  'rule.not-allowed': notAllowed,
  'configuration.json': ({ path, value }) => {
    const mended = mendedEnvironment(String(value));
    return [mended === undefined ? undefined : set('mend-json', 'Write it as a list of variables', path, mended)];
  },
  'configuration.not-an-input': (faulty) => {
    const { action, context, path, value } = faulty;
    if (!action || typeof value !== 'string') return [];
    const [written = '', ...file] = value.split('::');
    const inputs = (action.action.inputArtifacts ?? []).map(({ name }) => name);
    const isFile = value.includes('::');
    const [least, most] = action.provider?.artifacts.inputs ?? [0, 0];
    const exists = outputsBefore(context, action).some(({ name }) => name === written);
    const canConnect = exists && inputs.length < Math.max(least, most);
    const meant = nearest(written, inputs);
    const choices = [...new Set([...(meant === undefined ? [] : [meant]), ...inputs])].slice(0, 2);
    return [
      canConnect ? connect(action, written) : undefined,
      ...choices.map((input) => {
        const to = isFile ? [input, ...file].join('::') : input;
        return set(
          input === meant ? 'did-you-mean' : 'take-artifact',
          `Change ${String(path.at(-1))} to ${to}`,
          path,
          to,
        );
      }),
    ];
  },
  'configuration.check': (faulty) => {
    const { path, action, value } = faulty;
    const key = path.at(-1);
    if (key === 'CombineArtifacts' && action)
      return [
        set('switch-on', 'Turn on BatchEnabled', [...action.path, 'configuration', 'BatchEnabled'], 'true'),
        remove('remove-key', 'Remove CombineArtifacts', path),
      ];
    return [
      identifierFix(faulty),
      // Wherever a number is out of its range, the remedy names the range.
      ...inRange(faulty, String(value)),
    ];
  },
};

/** The field of the action's or rule's type that the path is the key of. */
function fieldOf({ context, path, pipeline, action }: Faulty): Field | undefined {
  const key = String(path.at(-1));
  const fields = action ? action.provider?.configuration : ruleFields({ context, path, pipeline });
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function ruleFields({ context, path, pipeline }: Pick<Faulty, 'context' | 'path' | 'pipeline'>) {
  const set = path[2];
  if (set !== 'beforeEntry' && set !== 'onSuccess' && set !== 'onFailure') return undefined;
  const rule = pipeline.stages[Number(path[1])]?.[set]?.conditions?.[Number(path[4])]?.rules?.[Number(path[6])];
  return rule && context.lookup.findRuleType(rule.ruleTypeId)?.configuration;
}

/** Sets a key, making the configuration where there is none. */
function setKey({ pipeline, path }: Faulty, kind: string, title: string, value: string): QuickFix {
  const parent = path.slice(0, -1);
  let owner: unknown = pipeline;
  for (const segment of parent) owner = (owner as Record<string | number, unknown> | undefined)?.[segment];
  const key = String(path.at(-1));
  return owner === undefined ? set(kind, title, parent, { [key]: value }) : set(kind, title, path, value);
}

function unknownKey(faulty: Faulty): QuickFix[] {
  const { path, action, value, pipeline } = faulty;
  const key = String(path.at(-1));
  const fields = action ? action.provider?.configuration : ruleFields(faulty);
  let given: unknown = pipeline;
  for (const segment of path.slice(0, -1)) given = (given as Record<string | number, unknown>)[segment];
  const free = Object.keys(fields ?? {}).filter((known) => !Object.hasOwn(given as object, known));
  const meant = nearest(key, free);
  const removal = remove('remove-key', `Remove ${key.slice(0, 60)}`, path);
  if (meant === undefined) return [removal];
  const renamed = {
    kind: 'rename-key',
    title: `Rename ${key.slice(0, 60)} to ${meant}`,
    edits: [
      { path, value: undefined },
      { path: [...path.slice(0, -1), meant], value },
    ],
  };
  return [renamed, removal];
}

function notAllowed(faulty: Faulty): QuickFix[] {
  const { path, value } = faulty;
  const field = fieldOf(faulty);
  if (!field || typeof value !== 'string') return [];
  const to = (kind: string, choice: string | undefined) =>
    choice === undefined ? [] : [set(kind, `Change ${String(path.at(-1))} to ${choice}`, path, choice)];
  if (field.type === 'boolean') {
    if (/^(yes|y|on|1|t|enabled?)$/i.test(value.trim())) return to('nearest-value', 'true');
    if (/^(no|n|off|0|f|disabled?)$/i.test(value.trim())) return to('nearest-value', 'false');
    return [...to('nearest-value', nearest(value, ['true', 'false'])), ...to('default-value', field.default)];
  }
  if (field.type === 'integer') {
    const digits = /-?\d+/.exec(value.replaceAll(/(?<=\d)[,_ ](?=\d{3})/g, ''))?.[0];
    return [...to('nearest-value', digits), ...to('default-value', field.default)];
  }
  const values = field.values ?? [];
  if (field.type === 'csv') {
    const items = value.split(',').map((item) => item.trim());
    const kept = items.flatMap((item) => (values.includes(item) ? item : (nearest(item, values) ?? [])));
    const list = [...new Set(kept)].join(',');
    return list === '' ? [] : to('nearest-value', list);
  }
  return [
    ...to('nearest-value', nearest(value.trim(), values) ?? (values.includes(value.trim()) ? value.trim() : undefined)),
    ...to('default-value', field.default),
  ];
}

/** `… from 1 to 60.`: the nearer end of the range that the check names. */
function inRange({ path, problem }: Faulty, value: string): QuickFix[] {
  const range = /from (\d+) to (\d+)/.exec(problem.fix);
  const number = Number(value);
  if (!range || !Number.isFinite(number)) return [];
  const within = String(Math.min(Number(range[2]), Math.max(Number(range[1]), Math.round(number))));
  const key = String(path.at(-1));
  return [set('into-range', `${number > Number(within) ? 'Lower' : 'Raise'} ${key} to ${within}`, path, within)];
}
