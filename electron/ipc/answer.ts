import { type CallName, contract, type Handlers, type Reply } from '../../shared/ipc/contract.ts';
import { ProblemError, problem } from '../../shared/problem.ts';

const isCall = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(contract, name);

/**
 * Answers one call of a window: the name must be in the contract, the input must fit it, and what goes back fits it too.
 * Never throws; every fault is a Problem without stack. Both doors (Electron IPC, browser host) go through here.
 */
export async function answer(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  report: (error: unknown) => void = () => {},
): Promise<Reply> {
  if (!isCall(name)) {
    return refuse('call.unknown', 'The window asked for a call that does not exist.', 'Reload the window.');
  }
  const parsed = parse(name, input);
  if (!parsed.success) {
    return refuse(
      'call.invalid',
      `The call ${name} was given something it does not take: ${parsed.issue}`,
      'Correct the value and try again.',
    );
  }
  try {
    const value = await (handlers[name] as (input: unknown) => Promise<unknown>)(parsed.data);
    return { ok: true, value: contract[name].output.parse(value) };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    report(error);
    return refuse(
      'call.failed',
      `${name} met a fault in Penstock.`,
      'Try again. If it happens again, please report it with what you did.',
    );
  }
}

/** Parses an input that may be anything, objects whose members throw when read included. */
function parse(name: CallName, input: unknown): { success: true; data: unknown } | { success: false; issue: string } {
  try {
    const parsed = contract[name].input.safeParse(input);
    if (parsed.success) return parsed;
    const [issue] = parsed.error.issues;
    return { success: false, issue: `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'invalid'}` };
  } catch {
    return { success: false, issue: 'it cannot be read' };
  }
}

const refuse = (code: string, what: string, fix: string): Reply => ({
  ok: false,
  problem: problem({ code, where: '', what, fix }),
});
