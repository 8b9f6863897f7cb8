import type { Consent } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Io, isYes } from './command.ts';

/** Shows what would run; only a person at the terminal can agree to it here. */
export async function askInTerminal(consent: Consent, io: Io): Promise<boolean> {
  io.err(
    `This runs commands of ${consent.folder} with your own rights${consent.changed ? ' (they changed since you agreed)' : ''}:\n${consent.summary ? `${consent.summary}\n` : ''}`,
  );
  for (const { where, text } of consent.commands) io.err(`\n  ${where}\n${text.replace(/^/gm, '    ')}\n`);
  io.err('\n');
  if (io.isInteractive) return isYes(await io.ask('Run them? [y/N] '));
  throw new ProblemError({
    code: 'trust.refused',
    where: '',
    what: `The commands of ${consent.folder} were never agreed to${consent.changed ? ' in this form' : ''}.`,
    fix: 'Read them above, then run again with --trust.',
  });
}
