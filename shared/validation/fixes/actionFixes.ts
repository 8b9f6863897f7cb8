import { nearest } from '../../model/nearest.ts';
import { providers } from '../../providers/table.ts';
import { type Fixer, type QuickFix, remove, set } from './quickFix.ts';

/** Types of actions, and fields that only some types take. */
export const actionFixers: Readonly<Record<string, Fixer>> = {
  'action-type.unknown': ({ action }) => {
    if (!action) return [];
    const { category, owner, provider, version } = action.action.actionTypeId;
    const path = [...action.path, 'actionTypeId'];
    const known = providers.map(({ actionTypeId }) => actionTypeId);
    const sameProvider = known.filter((type) => type.provider === provider);
    // The provider is right: version, owner or category is not. Else the provider is a slip.
    const meant =
      sameProvider.find((type) => type.category === category && type.owner === owner) ??
      sameProvider.find((type) => type.category === category) ??
      sameProvider[0];
    if (meant) {
      const fields = (['category', 'owner', 'version'] as const).filter(
        (key) => action.action.actionTypeId[key] !== meant[key],
      );
      return [
        {
          kind: 'known-type',
          title: `Change ${fields.map((key) => `${key} to ${meant[key]}`).join(' and ')}`,
          edits: fields.map((key) => ({ path: [...path, key], value: meant[key] })),
        },
      ];
    }
    const name = nearest(
      provider,
      known.filter((type) => type.category === category && type.version === version).map((type) => type.provider),
    );
    return [name ? set('known-type', `Change the provider to ${name}`, [...path, 'provider'], name) : undefined];
  },
  'action.field-not-taken': ({ path, action }) => [
    remove('remove-field', `Remove ${String(path.at(-1))} from ${action?.action.name}`, path),
  ],
  'action.secret-not-taken': ({ path }) => [set('plain-text', 'Change the type to PLAINTEXT', path, 'PLAINTEXT')],
  'action.command-several-lines': ({ path, value }) => [splitCommand(path, value)],
  'rule.command-several-lines': ({ path, value }) => [splitCommand(path, value)],
};

/** One command of several lines as several; a line that continues the one before (`\` at its end) stays with it. */
function splitCommand(path: (string | number)[], value: unknown): QuickFix | undefined {
  const lines = String(value)
    .replaceAll(/[ \t]*\\[ \t]*\r?\n\s*/g, ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first, ...others] = lines;
  // Lines that belong together (loops, here-documents, quoted texts) mean something else one by one.
  if (first === undefined || lines.some((line) => /\b(then|do|else|in)$|<<|^(fi|done|esac|else|})\b|[{(]$/.test(line)))
    return undefined;
  if (lines.some((line) => (line.match(/(?<!\\)["']/g)?.length ?? 0) % 2 === 1)) return undefined;
  const list = path.slice(0, -1);
  const index = Number(path.at(-1));
  return {
    kind: 'split-command',
    title: others.length > 0 ? `Split the command into ${lines.length}` : 'Join the lines of the command',
    edits: [
      { path, value: first },
      ...others.map((line, offset) => ({ path: [...list, index + 1 + offset], value: line, insert: true })),
    ],
  };
}
