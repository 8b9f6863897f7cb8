import type { CommandDeclaration } from './commandList.ts';

/** Keys that the user gave to commands, by command id; an empty list takes a command's keys away. */
export type CustomKeys = Readonly<Record<string, readonly string[]>>;

/** The keys of a command on a platform: the user's, else its own. */
export function keysOfCommand(
  { id, keys, macKeys }: Pick<CommandDeclaration, 'id' | 'keys' | 'macKeys'>,
  custom: CustomKeys,
  mac: boolean,
): readonly string[] {
  return (Object.hasOwn(custom, id) ? custom[id] : undefined) ?? (mac ? macKeys : undefined) ?? keys ?? [];
}
