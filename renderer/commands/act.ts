import type { CommandId } from '../../shared/commands/commandList.ts';

/** What a command of shared/commands does. */
export interface Act {
  /** True, or why not now. */
  when?: () => true | string;
  run: () => void;
}

export type Acts = Partial<Readonly<Record<CommandId, Act>>>;
